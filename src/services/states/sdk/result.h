#pragma once
// What a service answers, as workflows see it (spec §4): names in PascalCase and in alphabetical order, dates as the
// kind of integration writes them, binary data as text.

#include "lang/json/value.h"
#include "wire/api_model.h"

#include <cstdint>

namespace stepwell::states::sdk {

enum class Dates : std::uint8_t {
  rfc3339,             // "2024-05-01T10:20:30.123Z": integrations of the AWS SDK
  epoch_milliseconds,  // 1714558830123: optimised integrations
};

// `output` has the shape, dates being seconds since the epoch and binary data base64. The result is in `arena` and may
// refer to what `output` refers to.
json::Value result(json::Arena& arena, const wire::Shape& shape, const json::Value& output, Dates dates);

// The name of a member as workflows write it: stateMachineArn → StateMachineArn.
std::string_view pascal_name(json::Arena& arena, std::string_view member);
bool is_pascal_name_of(std::string_view pascal, std::string_view member);

}  // namespace stepwell::states::sdk
