#include "lang/json/utf8.h"

#include "lang/json/parse.h"
#include "lang/json/swar.h"

namespace stepwell::json {
namespace {

constexpr unsigned char byte_at(const char* at) { return static_cast<unsigned char>(*at); }
constexpr bool is_continuation(const char* at) { return (byte_at(at) & 0xC0) == 0x80; }
constexpr bool is_between(unsigned char byte, unsigned char low, unsigned char high) {
  return byte >= low && byte <= high;
}

// The second byte's range excludes overlong forms, surrogates and what lies above U+10FFFF.
bool is_second_of_three(unsigned char first, unsigned char second) {
  if (first == 0xE0) return is_between(second, 0xA0, 0xBF);
  if (first == 0xED) return is_between(second, 0x80, 0x9F);
  return is_between(second, 0x80, 0xBF);
}
bool is_second_of_four(unsigned char first, unsigned char second) {
  if (first == 0xF0) return is_between(second, 0x90, 0xBF);
  if (first == 0xF4) return is_between(second, 0x80, 0x8F);
  return is_between(second, 0x80, 0xBF);
}

}  // namespace

std::size_t utf8_sequence(const char* at, const char* end) {
  const unsigned char first = byte_at(at);
  const auto left = end - at;
  if (first < 0xC2 || first > 0xF4) return 0;
  if (first < 0xE0) return left >= 2 && is_continuation(at + 1) ? 2 : 0;
  if (first < 0xF0) return left >= 3 && is_second_of_three(first, byte_at(at + 1)) && is_continuation(at + 2) ? 3 : 0;
  return left >= 4 && is_second_of_four(first, byte_at(at + 1)) && is_continuation(at + 2) && is_continuation(at + 3)
             ? 4
             : 0;
}

std::size_t encode_utf8(std::uint32_t code_point, char* to) {
  if (code_point < 0x80) {
    to[0] = static_cast<char>(code_point);
    return 1;
  }
  const std::size_t length = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
  for (std::size_t i = length - 1; i > 0; --i) {
    to[i] = static_cast<char>(0x80 | (code_point & 0x3F));
    code_point >>= 6;
  }
  constexpr std::uint32_t kLead[] = {0, 0, 0xC0, 0xE0, 0xF0};
  to[0] = static_cast<char>(kLead[length] | code_point);
  return length;
}

bool is_valid_utf8(std::string_view text) {
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end) {
    if (end - at >= 8 && bytes_beyond_ascii(load_word(at)) == 0) {
      at += 8;
    } else if (byte_at(at) < 0x80) {
      ++at;
    } else {
      const std::size_t length = utf8_sequence(at, end);
      if (length == 0) return false;
      at += length;
    }
  }
  return true;
}

}  // namespace stepwell::json
