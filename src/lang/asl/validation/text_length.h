#pragma once
// Lengths as limits count them.

#include <algorithm>
#include <string_view>

namespace stepwell::asl::validation {

// Unicode characters of valid UTF-8.
inline std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace stepwell::asl::validation
