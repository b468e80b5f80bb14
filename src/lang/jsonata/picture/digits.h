#pragma once
// Decimal digits of all scripts, and texts as code points.

#include <optional>
#include <string>
#include <string_view>

namespace stepwell::jsonata {

// The zero of the ten digits that the code point is one of.
std::optional<char32_t> zero_of(char32_t code_point);

std::u32string to_code_points(std::string_view text);
std::string to_utf8(std::u32string_view text);

}  // namespace stepwell::jsonata
