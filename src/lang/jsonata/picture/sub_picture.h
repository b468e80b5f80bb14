#pragma once
// One of the two halves of a picture of numbers, taken apart: F&O 3.1 §4.7.3 and §4.7.4.

#include "lang/jsonata/picture/grouping.h"
#include "lang/jsonata/picture/number_symbols.h"
#include "lang/jsonata/picture/picture_error.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::jsonata {

struct SubPicture {
  std::string prefix;
  std::string suffix;
  int scale = 1;  // 100 with a percent sign, 1000 with a per-mille sign
  std::size_t min_integer_digits = 0;
  std::size_t min_fraction_digits = 0;
  std::size_t max_fraction_digits = 0;
  Grouping integer_grouping;
  std::vector<std::size_t> fraction_groups;  // a separator stands behind that many digits, if more follow
  bool has_exponent = false;
  std::size_t min_exponent_digits = 0;
  std::size_t scaling = 0;  // digits of the mantissa before its point

  // Errors: D3081 to D3093.
  static std::expected<SubPicture, PictureError> parse(std::u32string_view text, const NumberSymbols& symbols);
};

}  // namespace stepwell::jsonata
