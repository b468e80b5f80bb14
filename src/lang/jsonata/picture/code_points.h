#pragma once
// Pictures are read code point by code point.

#include <string>
#include <string_view>

namespace stepwell::jsonata {

// What is not UTF-8 stays byte by byte.
std::u32string to_code_points(std::string_view text);

void append_utf8(std::string& out, char32_t code_point);
std::string to_utf8(std::u32string_view text);

}  // namespace stepwell::jsonata
