#pragma once
// Pictures are read code point by code point.

#include <string>
#include <string_view>

namespace stepwell::jsonata {

std::u32string to_code_points(std::string_view text);
std::string to_utf8(std::u32string_view text);

}  // namespace stepwell::jsonata
