#include "lang/jsonata/picture/code_points.h"
#include "lang/jsonata/picture/integer_picture.h"
#include "lang/jsonata/picture/number_words.h"
#include "lang/jsonata/picture/numerals.h"

#include <algorithm>
#include <cstdlib>
#include <limits>

namespace stepwell::jsonata {
namespace {

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string upper_case(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), upper);
  return out;
}

std::string lower_case(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), lower);
  return out;
}

// A sign and as many digits as there are; what follows them is ignored. Separators may stand anywhere, an ordinal ends
// in two letters.
double read_digits(std::string_view text, const IntegerPicture& picture) {
  std::u32string characters = to_code_points(text);
  if (picture.is_ordinal) characters.resize(characters.size() - std::min<std::size_t>(characters.size(), 2));
  std::erase_if(characters, [&](char32_t c) { return picture.separators.find(c) != std::u32string::npos; });
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

}  // namespace

double IntegerPicture::read(std::string_view text) const {
  const bool is_lower = letter_case == Case::lower;
  switch (kind) {
    case Kind::letters: return from_letters(is_lower ? upper_case(text) : std::string(text));
    case Kind::roman: return from_roman(is_lower ? upper_case(text) : std::string(text));
    case Kind::words: return from_words(lower_case(text));
    case Kind::digits: break;
  }
  return read_digits(text, *this);
}

}  // namespace stepwell::jsonata
