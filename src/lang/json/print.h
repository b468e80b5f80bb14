#pragma once
// Writing JSON: compact, keys in their order, number lexemes as they were read, only what must be escaped is escaped
// (quotation mark, backslash, control characters; the rest stays UTF-8), as AWS writes payloads.

#include "lang/json/value.h"

#include <string>
#include <string_view>

namespace stepwell::json {

void print(std::string& out, const Value& value);
std::string print(const Value& value);

// The same, given up when more than `limit` bytes would be written or containers are nested deeper than `max_depth`
// (what `out` holds then is of no use): trees share subtrees, and a small one in memory can be an immense text.
[[nodiscard]] bool print_within(std::string& out, const Value& value, std::size_t limit,
                                std::size_t max_depth = static_cast<std::size_t>(-1));

// Indented by two spaces, for people.
std::string print_pretty(const Value& value);

// `text` (valid UTF-8) as a JSON string with its quotation marks.
void print_string(std::string& out, std::string_view text);

}  // namespace stepwell::json
