#pragma once
// ECMAScript's regular expressions in the syntax of RE2.

#include <expected>
#include <string>
#include <string_view>

namespace stepwell::jsonata {

// Error: what RE2 has nothing for.
std::expected<std::string, std::string> translate_pattern(std::string_view text, bool is_multiline);

}  // namespace stepwell::jsonata
