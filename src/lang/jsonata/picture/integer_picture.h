#pragma once
// Pictures of integers, as XPath's format-integer has them: 'A' and 'a' letters, 'I' and 'i' Roman numerals, 'W', 'w'
// and 'Ww' words, otherwise decimal digits with separators: "#,##0". Behind ';' stands 'o' for ordinals.

#include "lang/jsonata/failure.h"

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::jsonata {

struct IntegerPicture {
  enum class Form : std::uint8_t { decimal, letters, roman, words, unsupported };
  enum class Case : std::uint8_t { lower, upper, title };
  struct Separator {
    std::size_t position;  // digits to its right
    char32_t character;
  };

  Form form = Form::decimal;
  Case letter_case = Case::lower;
  bool is_ordinal = false;
  char32_t zero = U'0';
  std::size_t mandatory_digits = 0;
  std::size_t optional_digits = 0;
  std::size_t regular = 0;  // distance of separators that come again and again; 0: they stand where they stand
  std::vector<Separator> separators;
  std::string token;  // what the picture begins with, for messages

  static std::expected<IntegerPicture, Code> parse(std::string_view text);

  // nullopt: the form is unsupported
  std::optional<std::string> format(double value) const;
  // NaN where the text is no such number; nullopt: the form is unsupported
  std::optional<double> read(std::string_view text) const;
};

// More digits than that are not asked for by anyone.
inline constexpr std::size_t kMostDigits = 1000;

}  // namespace stepwell::jsonata
