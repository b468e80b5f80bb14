#pragma once
// A task's parameters as the input of a service's operation (spec §4). Workflows write names in PascalCase whatever the
// service's own casing. Where the service wants a text, other JSON is written as text; binary data is the text of the
// JSON given; dates are RFC 3339.

#include "lang/json/value.h"
#include "wire/api_model.h"

#include <expected>
#include <string>

namespace stepwell::states::sdk {

struct Parameters {
  json::Value input;    // as the operation's input shape wants it
  std::string payload;  // the raw body, where the shape has a payload member
};

// The error is AWS's sentence on a field that the operation does not know. Wrong types pass: the service tells of them.
std::expected<Parameters, std::string> read_parameters(json::Arena& arena, const wire::Shape& shape,
                                                       const json::Value& parameters);

}  // namespace stepwell::states::sdk
