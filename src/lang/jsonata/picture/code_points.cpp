#include "lang/jsonata/picture/code_points.h"

#include "lang/json/utf8.h"

namespace stepwell::jsonata {
namespace {

constexpr unsigned char byte_of(char c) { return static_cast<unsigned char>(c); }

char32_t decode(const char* sequence, std::size_t length) {
  char32_t code_point = byte_of(sequence[0]) & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) code_point = code_point << 6U | (byte_of(sequence[i]) & 0x3FU);
  return code_point;
}

}  // namespace

std::u32string to_code_points(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  const char* const end = text.data() + text.size();
  for (const char* at = text.data(); at != end;) {
    const std::size_t length = byte_of(*at) < 0x80 ? 0 : json::utf8_sequence(at, end);
    out += length == 0 ? char32_t{byte_of(*at)} : decode(at, length);
    at += length == 0 ? 1 : length;
  }
  return out;
}

void append_utf8(std::string& out, char32_t code_point) {
  char bytes[4];
  out.append(bytes, json::encode_utf8(code_point, bytes));
}

std::string to_utf8(std::u32string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char32_t code_point : text) append_utf8(out, code_point);
  return out;
}

}  // namespace stepwell::jsonata
