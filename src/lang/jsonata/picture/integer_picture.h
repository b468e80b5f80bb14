#pragma once
// Pictures of whole numbers, "#,##0", "w;o", "I": F&O 3.1 §4.6.1, as the reference implementation reads them.
//
//   digits    with at least one of any decimal family, # for optional ones, anything else as a separator
//   A a       letters: A, B … Z, AA
//   I i       Roman numerals
//   w W Ww    English words
//   …;o       ordinal: 21st, twenty-first

#include "lang/jsonata/picture/grouping.h"
#include "lang/jsonata/picture/picture_error.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace stepwell::jsonata {

struct IntegerPicture {
  enum class Kind : std::uint8_t { digits, letters, roman, words };
  enum class Case : std::uint8_t { upper, lower, title };

  Kind kind = Kind::digits;
  Case letter_case = Case::lower;
  bool is_ordinal = false;
  char32_t zero = U'0';
  std::size_t min_digits = 1;
  std::size_t optional_digits = 0;
  Grouping grouping;
  std::u32string separators;  // one for each position of the grouping

  // Errors: D3130, D3131.
  static std::expected<IntegerPicture, PictureError> parse(std::u32string_view text);
  // Without ";" and what may follow it.
  static std::expected<IntegerPicture, PictureError> parse_primary(std::u32string_view text);

  // `number` is rounded down. Error: U1001 for a Roman numeral above kMaxRoman.
  std::expected<std::string, PictureError> format(double number) const;
  // NaN: the text is no such number.
  double read(std::string_view text) const;
};

// $formatInteger. Errors: D3130, D3131, U1001.
std::expected<std::string, PictureError> format_integer(double number, std::string_view picture);

// $parseInteger; NaN: the text is no such number. Errors: D3130, D3131.
std::expected<double, PictureError> parse_integer(std::string_view text, std::string_view picture);

}  // namespace stepwell::jsonata
