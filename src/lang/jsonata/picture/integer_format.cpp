#include "lang/jsonata/picture/ascii_case.h"
#include "lang/jsonata/picture/integer_picture.h"
#include "lang/jsonata/picture/number_words.h"
#include "lang/jsonata/picture/numerals.h"
#include "lang/jsonata/text/utf8.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

namespace stepwell::jsonata {
namespace {

// The shortest notation of a whole number, with zeros for the power of ten.
std::string plain_digits(double number) {
  char text[32];
  if (number < 1e15) return {text, std::to_chars(text, text + sizeof text, static_cast<std::uint64_t>(number)).ptr};
  char* const end = std::to_chars(text, text + sizeof text, number, std::chars_format::scientific).ptr;
  char* const mark = std::find(text, end, 'e');
  std::size_t exponent = 0;
  std::from_chars(mark + 2, end, exponent);
  std::string digits(text, 1);
  if (mark - text > 2) digits.append(text + 2, mark);
  digits.resize(exponent + 1, '0');
  return digits;
}

std::string_view ordinal_suffix(std::string_view digits) {
  const bool is_teen = digits.size() > 1 && digits[digits.size() - 2] == '1';
  switch (is_teen ? '0' : digits.back()) {
    case '1': return "st";
    case '2': return "nd";
    case '3': return "rd";
    default: return "th";
  }
}

// What stands before a number of digits: nothing, a separator, or several in a picture such as "0,,0".
void append_separators(std::string& out, const IntegerPicture& picture, std::size_t digits_to_the_right) {
  if (const std::size_t interval = picture.grouping.interval(); interval != 0) {
    if (digits_to_the_right % interval == 0) append_code_point(out, picture.separators.front());
    return;
  }
  const auto positions = picture.grouping.positions();
  for (std::size_t i = positions.size(); i-- > 0;) {
    if (positions[i] == digits_to_the_right) append_code_point(out, picture.separators[i]);
  }
}

std::string format_digits(double number, const IntegerPicture& picture) {
  const std::string digits = plain_digits(number);
  const std::size_t size = std::max(digits.size(), picture.min_digits);
  std::string out;
  for (std::size_t right = size; right > 0; --right) {
    if (right != size) append_separators(out, picture, right);
    const char digit = right > digits.size() ? '0' : digits[digits.size() - right];
    append_code_point(out, picture.zero + static_cast<char32_t>(digit - '0'));
  }
  if (picture.grouping.interval() == 0) append_separators(out, picture, 0);
  if (picture.is_ordinal) out += ordinal_suffix(digits);
  return out;
}

void capitalize(std::string& words) {
  constexpr std::string_view kAnd = "and ";
  bool is_start = true;
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (is_start && !std::string_view(words).substr(at).starts_with(kAnd)) words[at] = to_upper(words[at]);
    is_start = words[at] == ' ' || words[at] == '-';
  }
}

std::string format_words(double number, const IntegerPicture& picture) {
  std::string words = to_words(number, picture.is_ordinal);
  if (picture.letter_case == IntegerPicture::Case::upper) return in_upper_case(std::move(words));
  if (picture.letter_case == IntegerPicture::Case::title) capitalize(words);
  return words;
}

std::string in_case(std::string capitals, const IntegerPicture& picture) {
  return picture.letter_case == IntegerPicture::Case::lower ? in_lower_case(std::move(capitals)) : capitals;
}

std::string format_magnitude(double number, const IntegerPicture& picture) {
  switch (picture.kind) {
    case IntegerPicture::Kind::letters: return in_case(to_letters(number), picture);
    case IntegerPicture::Kind::roman: return in_case(to_roman(number), picture);
    case IntegerPicture::Kind::words: return format_words(number, picture);
    case IntegerPicture::Kind::digits: break;
  }
  return format_digits(number, picture);
}

}  // namespace

std::expected<std::string, PictureError> IntegerPicture::format(double number) const {
  if (!std::isfinite(number)) return std::isnan(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
  number = std::floor(number);
  const double magnitude = std::abs(number);
  if (kind == Kind::roman && magnitude > kMaxRoman) return picture_error(Code::U1001);
  return (number < 0 ? "-" : "") + format_magnitude(magnitude, *this);
}

}  // namespace stepwell::jsonata
