#include "lang/jsonata/picture/decimal_places.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string_view>

#include <fmt/format.h>

namespace stepwell::jsonata {
namespace {

// Moves the point of the shortest notation, which multiplying would not do exactly.
double shifted(double number, int places) {
  char text[48];
  char* const end = std::to_chars(text, text + 32, number, std::chars_format::scientific).ptr;
  char* const mark = std::find(text, end, 'e') + 1;
  int exponent = 0;
  std::from_chars(*mark == '+' ? mark + 1 : mark, end, exponent);
  *std::to_chars(mark, text + sizeof text - 1, exponent + places).ptr = '\0';
  return std::strtod(text, nullptr);
}

}  // namespace

double round_to_places(double number, int places) {
  if (number == 0) return number;
  const double scaled = shifted(number, places);
  if (!std::isfinite(scaled)) return number;
  const double rounded = std::nearbyint(scaled);
  return rounded == 0 ? 0 : shifted(rounded, -places);
}

std::string to_fixed(double number, int places) { return fmt::format("{:.{}f}", number, places); }

}  // namespace stepwell::jsonata
