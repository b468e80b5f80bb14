#pragma once
// The characters that pictures of numbers are made of: the decimal format of XPath and XQuery Functions and
// Operators 3.1, §4.7.1, as the options of $formatNumber change it.

#include <string>
#include <string_view>

namespace stepwell::jsonata {

struct NumberSymbols {
  char32_t decimal_separator = U'.';
  char32_t grouping_separator = U',';
  char32_t exponent_separator = U'e';
  char32_t zero_digit = U'0';
  char32_t digit = U'#';  // stands for an optional digit
  char32_t pattern_separator = U';';
  std::u32string percent = U"%";
  std::u32string per_mille = U"‰";
  std::string minus_sign = "-";
  std::string infinity = "Infinity";
  std::string not_a_number = "NaN";

  // `option` is a key of the options object, "decimal-separator"; those that mean nothing are ignored. A separator or
  // digit that is not one character matches none.
  void set(std::string_view option, std::string_view value);

  bool is_digit(char32_t c) const { return c >= zero_digit && c - zero_digit < 10; }
  // What a picture may hold between its prefix and its suffix.
  bool is_active(char32_t c) const {
    return is_digit(c) || c == digit || c == decimal_separator || c == grouping_separator || c == exponent_separator;
  }
};

}  // namespace stepwell::jsonata
