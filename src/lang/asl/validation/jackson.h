#pragma once
// What Jackson, AWS's JSON parser, says about a text that is not JSON: its words reach users in
// INVALID_JSON_DESCRIPTION and InvalidExecutionInput.

#include <optional>
#include <string>
#include <string_view>

namespace stepwell::asl {

struct JacksonError {
  std::string message;   // "Unrecognized token 'not': was expecting (JSON String, …)"
  std::string location;  // "[Source: (String)\"not a definition\"; line: 1, column: 4]"
};

// The first fault; nullopt where Jackson finds none, and for what is no UTF-8: Jackson reads text.
std::optional<JacksonError> jackson_error(std::string_view text);

}  // namespace stepwell::asl
