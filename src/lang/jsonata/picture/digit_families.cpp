#include "lang/jsonata/picture/digit_families.h"

#include <algorithm>
#include <iterator>

namespace stepwell::jsonata {
namespace {

// Unicode's general category Nd below U+10000.
constexpr char32_t kZeros[] = {
    0x0030, 0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66,
    0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50,
    0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10,
};
static_assert(std::ranges::is_sorted(kZeros));

}  // namespace

std::optional<char32_t> zero_of(char32_t digit) {
  const auto* const above = std::ranges::upper_bound(kZeros, digit);
  if (above == std::begin(kZeros) || digit - above[-1] > 9) return std::nullopt;
  return above[-1];
}

}  // namespace stepwell::jsonata
