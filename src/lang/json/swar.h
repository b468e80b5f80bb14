#pragma once
// Eight bytes at a time: how strings are scanned when read and when written.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace stepwell::json {

static_assert(std::endian::native == std::endian::little, "the lowest byte of a word is the first one of the text");

inline constexpr std::uint64_t kOnes = 0x0101010101010101;
inline constexpr std::uint64_t kHighBits = 0x8080808080808080;

inline std::uint64_t load_word(const char* at) {
  std::uint64_t word;
  std::memcpy(&word, at, sizeof(word));
  return word;
}

// Fewer than eight bytes as a word, filled up with spaces.
inline std::uint64_t load_tail(const char* at, std::size_t count) {
  const auto part = [at](std::size_t index) {
    return static_cast<std::uint64_t>(static_cast<unsigned char>(at[index]));
  };
  const std::uint64_t spaces = (kOnes * ' ') << (8 * count);
  if (count >= 4) {
    std::uint32_t low;
    std::uint32_t high;
    std::memcpy(&low, at, sizeof(low));
    std::memcpy(&high, at + count - 4, sizeof(high));
    return spaces | low | static_cast<std::uint64_t>(high) << (8 * (count - 4));
  }
  if (count == 0) return spaces;
  return spaces | part(0) | part(count / 2) << (8 * (count / 2)) | part(count - 1) << (8 * (count - 1));
}

// The masks below carry the high bit of every byte in question; above the first such byte they may carry more.
constexpr std::uint64_t bytes_equal_to(std::uint64_t word, unsigned char byte) {
  const std::uint64_t difference = word ^ (kOnes * byte);
  return (difference - kOnes) & ~difference & kHighBits;
}
constexpr std::uint64_t bytes_to_escape(std::uint64_t word) {
  const std::uint64_t controls = (word - kOnes * 0x20) & ~word & kHighBits;
  return controls | bytes_equal_to(word, '"') | bytes_equal_to(word, '\\');
}
constexpr std::uint64_t bytes_beyond_ascii(std::uint64_t word) { return word & kHighBits; }

// Position of the first byte in a mask that is not 0.
constexpr std::size_t first_byte(std::uint64_t mask) { return static_cast<std::size_t>(std::countr_zero(mask)) / 8; }

}  // namespace stepwell::json
