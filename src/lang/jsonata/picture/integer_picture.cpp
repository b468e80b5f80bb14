#include "lang/jsonata/picture/integer_picture.h"

#include "lang/jsonata/picture/digits.h"
#include "lang/jsonata/picture/words.h"
#include "lang/jsonata/text/case.h"
#include "lang/jsonata/text/number.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <numeric>

namespace stepwell::jsonata {
namespace {

using Separator = IntegerPicture::Separator;

// The distance at which separators come again and again, all of them the same.
std::size_t regular_distance(const std::vector<Separator>& separators) {
  if (separators.empty()) return 0;
  std::size_t distance = 0;
  for (const Separator& separator : separators) {
    if (separator.character != separators[0].character) return 0;
    distance = std::gcd(distance, separator.position);
  }
  if (distance == 0) return 0;
  for (std::size_t i = 1; i <= separators.size(); ++i) {
    if (std::ranges::find(separators, i * distance, &Separator::position) == separators.end()) return 0;
  }
  return distance;
}

std::expected<void, Code> parse_digits(IntegerPicture& picture, std::u32string_view text) {
  std::optional<char32_t> zero;
  std::size_t position = 0;
  for (std::size_t at = text.size(); at-- > 0;) {
    if (const auto group = zero_of(text[at])) {
      if (zero && *zero != *group) return std::unexpected(Code::D3131);
      zero = group;
      ++picture.mandatory_digits;
      ++position;
    } else if (text[at] == U'#') {
      ++picture.optional_digits;
      ++position;
    } else {
      picture.separators.push_back({position, text[at]});
    }
  }
  if (!zero) {
    picture.form = IntegerPicture::Form::unsupported;
    return {};
  }
  picture.zero = *zero;
  picture.mandatory_digits = std::min(picture.mandatory_digits, kMostDigits);
  picture.regular = regular_distance(picture.separators);
  return {};
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

std::string format_digits(const IntegerPicture& picture, double value) {
  std::string digits = number_text(value);
  if (digits.size() < picture.mandatory_digits) digits.insert(0, picture.mandatory_digits - digits.size(), '0');
  std::u32string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const std::size_t to_right = digits.size() - i;
    const auto stands_here = [&](const Separator& separator) { return separator.position == to_right; };
    if (i > 0 && picture.regular > 0) {
      if (to_right % picture.regular == 0) text += picture.separators[0].character;
    } else if (picture.regular == 0) {
      const auto found = std::ranges::find_if(picture.separators, stands_here);
      if (found != picture.separators.end() && i > 0) text += found->character;
    }
    const bool is_digit = digits[i] >= '0' && digits[i] <= '9';
    text += is_digit ? picture.zero + static_cast<char32_t>(digits[i] - '0') : static_cast<char32_t>(digits[i]);
  }
  const auto behind_last = std::ranges::find(picture.separators, std::size_t{0}, &Separator::position);
  if (picture.regular == 0 && behind_last != picture.separators.end()) text += behind_last->character;
  std::string out = to_utf8(text);
  return picture.is_ordinal ? out.append(ordinal_suffix(digits)) : out;
}

double read_digits(const IntegerPicture& picture, std::string_view text) {
  std::u32string rest = to_code_points(text);
  if (picture.is_ordinal && rest.size() >= 2) rest.resize(rest.size() - 2);
  std::string digits;
  for (const char32_t c : rest) {
    const bool is_separator =
        std::ranges::any_of(picture.separators, [&](const Separator& separator) { return separator.character == c; });
    if (is_separator) continue;
    const bool is_digit = c >= picture.zero && c <= picture.zero + 9;
    if (!is_digit && (!digits.empty() || c != U'-')) break;
    digits += is_digit ? static_cast<char>('0' + (c - picture.zero)) : '-';
  }
  double number = std::numeric_limits<double>::quiet_NaN();
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

std::string in_case(std::string text, IntegerPicture::Case letter_case) {
  switch (letter_case) {
    case IntegerPicture::Case::lower: return to_lower(text);
    case IntegerPicture::Case::upper: return to_upper(text);
    case IntegerPicture::Case::title: break;
  }
  return text;
}

}  // namespace

std::expected<IntegerPicture, Code> IntegerPicture::parse(std::string_view text) {
  IntegerPicture picture;
  const std::size_t semicolon = text.rfind(';');
  const std::string_view primary = text.substr(0, semicolon);
  if (semicolon != std::string_view::npos) picture.is_ordinal = text.substr(semicolon + 1).starts_with('o');
  picture.token = primary;
  if (primary == "A" || primary == "a") {
    picture.form = Form::letters;
  } else if (primary == "I" || primary == "i") {
    picture.form = Form::roman;
  } else if (primary == "W" || primary == "w" || primary == "Ww") {
    picture.form = Form::words;
  } else {
    if (const auto parsed = parse_digits(picture, to_code_points(primary)); !parsed)
      return std::unexpected(parsed.error());
    return picture;
  }
  const bool is_upper = primary[0] >= 'A' && primary[0] <= 'Z';
  picture.letter_case = primary == "Ww" ? Case::title : is_upper ? Case::upper : Case::lower;
  return picture;
}

std::optional<std::string> IntegerPicture::format(double value) const {
  const double whole = std::floor(value);
  const double magnitude = std::abs(whole);
  std::string text;
  switch (form) {
    case Form::letters: text = in_case(to_letters(std::min(magnitude, 1e300)), letter_case); break;
    case Form::roman: text = in_case(to_roman(magnitude), letter_case); break;
    case Form::words: text = in_case(to_words(magnitude, is_ordinal), letter_case); break;
    case Form::decimal:
      if (!std::isfinite(magnitude)) return std::isnan(magnitude) ? "NaN" : "Infinity";
      text = format_digits(*this, magnitude);
      break;
    case Form::unsupported: return std::nullopt;
  }
  return whole < 0 ? "-" + text : text;
}

std::optional<double> IntegerPicture::read(std::string_view text) const {
  switch (form) {
    case Form::letters: return from_letters(text, letter_case == Case::upper ? 'A' : 'a');
    case Form::roman: return from_roman(text);
    case Form::words: return from_words(text);
    case Form::decimal: return read_digits(*this, text);
    case Form::unsupported: break;
  }
  return std::nullopt;
}

}  // namespace stepwell::jsonata
