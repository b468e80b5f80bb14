#pragma once
// Upper and lower case as Unicode maps them in full: ß becomes SS, and a Σ that ends a word ς.

#include <string>
#include <string_view>

namespace stepwell::jsonata {

std::string to_upper(std::string_view text);
std::string to_lower(std::string_view text);

}  // namespace stepwell::jsonata
