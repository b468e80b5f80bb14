#pragma once
// Writing JSON: compact, keys in their order, number lexemes as they were read, only what must be escaped is escaped
// (quotation mark, backslash, control characters; the rest stays UTF-8), as AWS writes payloads.

#include <string>
#include <string_view>

#include "lang/json/value.h"

namespace stepwell::json {

void print(std::string& out, const Value& value);
std::string print(const Value& value);

// Indented by two spaces, for people.
std::string print_pretty(const Value& value);

// `text` (valid UTF-8) as a JSON string with its quotation marks.
void print_string(std::string& out, std::string_view text);

}  // namespace stepwell::json
