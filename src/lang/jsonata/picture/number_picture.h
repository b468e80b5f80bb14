#pragma once
// Pictures of numbers, as XPath's format-number has them: "#,##0.00;(0.00)", "0.0e0", "0%". The characters that have a
// meaning can be other ones.

#include "lang/jsonata/failure.h"

#include <expected>
#include <string>
#include <string_view>

namespace stepwell::jsonata {

// The characters with a meaning.
struct DecimalFormat {
  char32_t decimal_separator = U'.';
  char32_t grouping_separator = U',';
  char32_t exponent_separator = U'e';
  std::u32string infinity = U"Infinity";
  std::u32string minus_sign = U"-";
  std::u32string nan = U"NaN";
  std::u32string percent = U"%";
  std::u32string per_mille = U"\u2030";
  char32_t zero_digit = U'0';
  char32_t digit = U'#';
  char32_t pattern_separator = U';';

  // Sets a property by its name in XPath; an unknown one changes nothing.
  void set(std::string_view name, std::string_view value);
};

std::expected<std::string, Code> format_number(double number, std::string_view picture, const DecimalFormat& format);

}  // namespace stepwell::jsonata
