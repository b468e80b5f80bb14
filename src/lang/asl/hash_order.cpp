#include "lang/asl/hash_order.h"

#include <bit>

namespace stepwell::asl {

namespace {

// Reads one code point of valid UTF-8 and moves `at` behind it.
char32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  if (lead < 0x80) return lead;
  const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
  char32_t value = lead & (0x3FU >> more);
  for (int i = 0; i < more; ++i) value = (value << 6) | (static_cast<unsigned char>(text[at++]) & 0x3FU);
  return value;
}

// java.lang.String.hashCode: over UTF-16 code units.
std::uint32_t string_hash(std::string_view text) {
  std::uint32_t hash = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t point = next_code_point(text, at);
    if (point < 0x10000) {
      hash = hash * 31 + static_cast<std::uint32_t>(point);
    } else {
      hash = hash * 31 + static_cast<std::uint32_t>(0xD7C0 + (point >> 10));
      hash = hash * 31 + static_cast<std::uint32_t>(0xDC00 + (point & 0x3FF));
    }
  }
  return hash;
}

}  // namespace

std::uint32_t hash_map_bucket(std::string_view key, std::size_t entries) {
  // The table doubles when it is more than three quarters full.
  const std::size_t capacity = std::max<std::size_t>(16, std::bit_ceil((entries * 4 + 2) / 3));
  const std::uint32_t hash = string_hash(key);
  return (hash ^ (hash >> 16)) & static_cast<std::uint32_t>(capacity - 1);
}

}  // namespace stepwell::asl
