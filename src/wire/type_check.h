#pragma once
// Has a JSON value the type of its shape? The answers are those of the reader in AWS's service framework, which works
// token by token and says which token it met: "TRUE_VALUE can not be converted to an Integer", "Expected list or null".

#include "lang/json/value.h"
#include "wire/api_model.h"

#include <cstdint>
#include <string>

namespace stepwell::wire {

// What is wrong with the type of `value`, which is not null; empty: nothing. Looks at the value itself only.
std::string type_error(const Shape& shape, const json::Value& value);

// An integral number that has passed `type_error`, cut to the range of the shape's type.
std::int64_t integer_of(const Shape& shape, const json::Value& value);

// Bytes in a base64 text that has passed `type_error`.
std::size_t decoded_size(std::string_view base64);

}  // namespace stepwell::wire
