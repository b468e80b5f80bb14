#include "lang/jsonata/picture/digits.h"

#include "lang/jsonata/text/utf8.h"

#include <algorithm>
#include <iterator>

namespace stepwell::jsonata {
namespace {

constexpr char32_t kZeros[] = {
    0x30,   0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66,
    0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50,
    0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10,
};

}  // namespace

std::optional<char32_t> zero_of(char32_t code_point) {
  const auto* const behind = std::ranges::upper_bound(kZeros, code_point);
  if (behind == std::begin(kZeros) || code_point - behind[-1] > 9) return std::nullopt;
  return behind[-1];
}

std::u32string to_code_points(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) out += static_cast<char32_t>(next_code_point(text, at));
  return out;
}

std::string to_utf8(std::u32string_view text) {
  std::string out;
  for (const char32_t code_point : text) append_code_point(out, code_point);
  return out;
}

}  // namespace stepwell::jsonata
