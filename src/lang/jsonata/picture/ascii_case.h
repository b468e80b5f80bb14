#pragma once
// Case of the letters A to Z; all other characters have none.

#include <algorithm>
#include <string>
#include <string_view>

namespace stepwell::jsonata {

constexpr char to_upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
constexpr char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

inline std::string in_upper_case(std::string text) {
  for (char& c : text) c = to_upper(c);
  return text;
}

inline std::string in_lower_case(std::string text) {
  for (char& c : text) c = to_lower(c);
  return text;
}

inline bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, to_lower, to_lower);
}

}  // namespace stepwell::jsonata
