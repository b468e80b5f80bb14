#pragma once
// One half of a picture of numbers, taken apart (XPath functions and operators, 4.7.3 and 4.7.4).

#include "lang/jsonata/failure.h"
#include "lang/jsonata/picture/number_picture.h"

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::jsonata {

struct SubPicture {
  std::u32string prefix;
  std::u32string suffix;
  double scale = 1;  // 100 for percent, 1000 for per mille
  bool has_point = false;
  bool has_exponent = false;
  std::size_t integer_digits = 0;  // as written, for the exponent
  std::size_t least_integer = 0;
  std::size_t least_fraction = 0;
  std::size_t most_fraction = 0;
  std::size_t exponent_digits = 0;
  std::vector<std::size_t> integer_groups;   // digits to the right of each grouping separator
  std::vector<std::size_t> fraction_groups;  // and to the left
};

// One or two.
std::expected<std::vector<SubPicture>, Code> parse_sub_pictures(std::u32string_view picture,
                                                                const DecimalFormat& format);

}  // namespace stepwell::jsonata
