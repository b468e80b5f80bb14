#pragma once
// Bytes that no compression makes less of.

#include <cstddef>
#include <random>
#include <string>

namespace stepwell::store {

inline std::string noise(std::size_t bytes) {
  static std::mt19937_64 random(3);
  std::string text(bytes, '\0');
  for (char& byte : text) byte = static_cast<char>(random());
  return text;
}

}  // namespace stepwell::store
