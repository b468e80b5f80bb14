#pragma once
// Scalars as the text they are in forms and XML: timestamps as 2024-05-01T10:00:00Z (in JSON they are seconds since the
// epoch), blobs in base64, the rest as in JSON without quotation marks.

#include "lang/json/value.h"
#include "wire/api_model.h"

#include <string>
#include <string_view>

namespace stepwell::wire {

// `value` has the type of the shape. A timestamp has a fraction only where it has milliseconds.
std::string scalar_text(const Shape& shape, const json::Value& value);

// What is no value of the shape stays a string: the validator has the words for that. `text` is valid UTF-8 and
// outlives the value.
json::Value read_scalar(json::Arena& arena, const Shape& shape, std::string_view text);

}  // namespace stepwell::wire
