#include "lang/jsonata/picture/ascii_case.h"
#include "lang/jsonata/picture/code_points.h"
#include "lang/jsonata/picture/integer_picture.h"
#include "lang/jsonata/picture/number_words.h"
#include "lang/jsonata/picture/numerals.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <utility>

namespace stepwell::jsonata {
namespace {

// A sign and as many digits as there are; what follows them is ignored. Separators may stand anywhere, an ordinal ends
// in two letters. Where the picture has separators at an interval the reference implementation passes over commas,
// whatever the separator is.
double read_digits(std::string_view text, const IntegerPicture& picture) {
  std::u32string characters = to_code_points(text);
  if (picture.is_ordinal) characters.resize(characters.size() - std::min<std::size_t>(characters.size(), 2));
  const std::u32string_view separators =
      picture.grouping.interval() != 0 ? U"," : std::u32string_view(picture.separators);
  std::erase_if(characters, [&](char32_t c) { return separators.find(c) != std::u32string_view::npos; });
  std::u32string_view rest = characters;
  rest.remove_prefix(std::min(rest.find_first_not_of(U" \t\r\n"), rest.size()));
  std::string number;
  if (rest.starts_with(U'-') || rest.starts_with(U'+')) {
    if (rest.front() == U'-') number += '-';
    rest.remove_prefix(1);
  }
  const std::size_t sign = number.size();
  for (const char32_t c : rest) {
    if (c < picture.zero || c - picture.zero > 9) break;
    number += static_cast<char>('0' + (c - picture.zero));
  }
  if (number.size() == sign) return std::numeric_limits<double>::quiet_NaN();
  return std::strtod(number.c_str(), nullptr);
}

// Small letters count as capitals where the picture has small ones.
std::string capitals(std::string_view text, const IntegerPicture& picture) {
  std::string out(text);
  return picture.letter_case == IntegerPicture::Case::lower ? in_upper_case(std::move(out)) : out;
}

}  // namespace

double IntegerPicture::read(std::string_view text) const {
  switch (kind) {
    case Kind::letters: return from_letters(capitals(text, *this));
    case Kind::roman: return from_roman(capitals(text, *this));
    case Kind::words: return from_words(in_lower_case(std::string(text)));
    case Kind::digits: break;
  }
  return read_digits(text, *this);
}

}  // namespace stepwell::jsonata
