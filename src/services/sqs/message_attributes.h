#pragma once
// The attributes that messages carry: what they may be, how large they are, and the digest that clients compare.

#include "base/error.h"
#include "lang/json/value.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace stepwell::sqs {

// `attributes` is an object of MessageAttributeValue. Errors InvalidParameterValueException.
Result<void> check_message_attributes(const json::Value& attributes);
// The same of system attributes: AWSTraceHeader alone.
Result<void> check_system_attributes(const json::Value& attributes);

// Bytes that count towards the size of a message.
std::size_t attribute_bytes(const json::Value& attributes);

// In hexadecimal; empty where there are none.
std::string attributes_digest(const json::Value& attributes);

}  // namespace stepwell::sqs
