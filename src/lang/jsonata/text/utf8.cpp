#include "lang/jsonata/text/utf8.h"

#include "lang/json/utf8.h"

#include <algorithm>
#include <cstring>

namespace stepwell::jsonata {

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (const char byte : text) count += is_continuation(byte) ? 0 : 1;
  return count;
}

std::size_t offset_of_code_point(std::string_view text, std::size_t number) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (!is_continuation(text[at]) && number-- == 0) return at;
    ++at;
  }
  return at;
}

std::uint32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t index) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[index]));
  };
  const std::uint32_t lead = byte(at);
  const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  std::uint32_t code_point = length == 1 ? lead : lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length && at + i < text.size(); ++i) code_point = code_point << 6 | (byte(at + i) & 0x3F);
  at = std::min(at + length, text.size());
  return code_point;
}

void append_code_point(std::string& out, std::uint32_t code_point) {
  char bytes[4];
  out.append(bytes, json::encode_utf8(code_point, bytes));
}

std::size_t utf16_length(std::string_view text) {
  std::size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    units += (byte & 0xC0) == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1;
  }
  return units;
}

std::size_t offset_of_utf16(std::string_view text, std::size_t unit) {
  std::size_t at = 0;
  std::size_t units = 0;
  while (at < text.size()) {
    std::size_t next = at;
    units += next_code_point(text, next) >= 0x10000 ? 2 : 1;
    if (units > unit) return at;
    at = next;
  }
  return at;
}

// Bytes order code points; units order surrogates, and so what is beyond U+FFFF, before U+E000 to U+FFFF.
int compare_utf16(std::string_view a, std::string_view b) {
  const auto [at_a, at_b] = std::ranges::mismatch(a, b);
  if (at_a == a.end() || at_b == b.end()) return (at_b == b.end() ? 1 : 0) - (at_a == a.end() ? 1 : 0);
  const auto byte_a = static_cast<unsigned char>(*at_a);
  const auto byte_b = static_cast<unsigned char>(*at_b);
  const bool high_a = byte_a >= 0xF0;
  const bool high_b = byte_b >= 0xF0;
  if (high_a != high_b && std::min(byte_a, byte_b) >= 0xEE) return high_a ? -1 : 1;
  return byte_a < byte_b ? -1 : 1;
}

std::size_t find_text(std::string_view text, std::string_view part) {
  if (part.empty()) return 0;
  if (part.size() > text.size()) return std::string_view::npos;
  const void* const found = memmem(text.data(), text.size(), part.data(), part.size());
  return found == nullptr ? std::string_view::npos
                          : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

bool has_surrogate(std::string_view text) {
  for (std::size_t at = text.find('\xED'); at != std::string_view::npos; at = text.find('\xED', at + 1)) {
    if (at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) >= 0xA0) return true;
  }
  return false;
}

std::string well_formed(std::string_view text) {
  std::string out;
  if (!has_surrogate(text)) return out = text;
  for (std::size_t at = 0; at < text.size();) {
    const std::uint32_t code_point = next_code_point(text, at);
    append_code_point(out, is_surrogate(code_point) ? kReplacement : code_point);
  }
  return out;
}

// U+D800 to U+DBFF are ED A0 80 to ED AF BF, and U+DC00 to U+DFFF ED B0 80 to ED BF BF.
bool makes_pair(std::string_view a, std::string_view b) {
  if (a.size() < 3 || b.size() < 3 || b[0] != '\xED' || a[a.size() - 3] != '\xED') return false;
  const auto high = static_cast<unsigned char>(a[a.size() - 2]);
  const auto low = static_cast<unsigned char>(b[1]);
  return high >= 0xA0 && high < 0xB0 && low >= 0xB0;
}

void join_surrogates(std::string& text) {
  if (!has_surrogate(text)) return;
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    std::uint32_t code_point = next_code_point(text, at);
    if (code_point >= 0xD800 && code_point <= 0xDBFF && at < text.size()) {
      std::size_t behind = at;
      const std::uint32_t low = next_code_point(text, behind);
      if (low >= 0xDC00 && low <= 0xDFFF) {
        code_point = 0x10000 + ((code_point - 0xD800) << 10) + (low - 0xDC00);
        at = behind;
      }
    }
    append_code_point(out, code_point);
  }
  text = std::move(out);
}

}  // namespace stepwell::jsonata
