#include "lang/jsonata/picture/number_picture.h"

#include "lang/jsonata/picture/digits.h"
#include "lang/jsonata/picture/sub_picture.h"
#include "lang/jsonata/text/number.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace stepwell::jsonata {
namespace {

constexpr std::size_t kMostFractionDigits = 100;
constexpr double kLargestFixed = 1e21;

double round_even(double number, std::size_t places) {
  const double shifted = shift_decimal(number, static_cast<int>(places));
  double whole = std::floor(shifted);
  const double rest = shifted - whole;
  if (rest > 0.5 || (rest == 0.5 && std::fmod(whole, 2) != 0)) whole += 1;
  return shift_decimal(whole, -static_cast<int>(places));
}

// Digits of the format's family, with its decimal separator.
std::u32string digits_of(double number, std::size_t places, const DecimalFormat& format) {
  const double magnitude = std::abs(number);
  const std::string text =
      magnitude < kLargestFixed ? fmt::format("{:.{}f}", magnitude, places) : number_text(magnitude);
  std::u32string digits;
  for (const char c : text) {
    if (c == '.') {
      digits += format.decimal_separator;
    } else {
      digits += c >= '0' && c <= '9' ? format.zero_digit + static_cast<char32_t>(c - '0') : static_cast<char32_t>(c);
    }
  }
  return digits;
}

// Moves the point until as many digits stand before it as the picture has there.
int normalise(double& mantissa, std::size_t digits) {
  const double most = std::pow(10, static_cast<double>(digits));
  const double least = std::pow(10, static_cast<double>(digits) - 1);
  int exponent = 0;
  if (mantissa == 0) return 0;
  for (; mantissa < least; --exponent) mantissa *= 10;
  for (; mantissa > most; ++exponent) mantissa /= 10;
  return exponent;
}

// The distance at which grouping separators come again and again; 0: they stand where they stand.
std::size_t regular_distance(const std::vector<std::size_t>& positions) {
  std::size_t distance = 0;
  for (const std::size_t position : positions) distance = std::gcd(distance, position);
  if (distance == 0) return 0;
  for (std::size_t i = 1; i <= positions.size(); ++i) {
    if (std::ranges::find(positions, i * distance) == positions.end()) return 0;
  }
  return distance;
}

// Between the digits before the point, counted from there to the left.
std::u32string group_integer(std::u32string_view digits, const SubPicture& picture, char32_t separator) {
  const std::size_t regular = regular_distance(picture.integer_groups);
  std::u32string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const std::size_t left = digits.size() - i;
    const bool is_place = regular > 0 ? left % regular == 0
                                      : std::ranges::find(picture.integer_groups, left) != picture.integer_groups.end();
    if (i > 0 && is_place) out += separator;
    out += digits[i];
  }
  return out;
}

std::u32string group_fraction(std::u32string_view digits, const SubPicture& picture, char32_t separator) {
  std::u32string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && std::ranges::find(picture.fraction_groups, i) != picture.fraction_groups.end()) out += separator;
    out += digits[i];
  }
  return out;
}

std::u32string format_with(double number, const SubPicture& picture, const DecimalFormat& format) {
  double mantissa = std::abs(number) * picture.scale;
  int exponent = 0;
  if (picture.has_exponent) exponent = normalise(mantissa, picture.integer_digits);
  const std::size_t places = std::min(picture.most_fraction, kMostFractionDigits);
  std::u32string text = digits_of(round_even(mantissa, places), places, format);
  const std::size_t point = std::min(text.find(format.decimal_separator), text.size());
  std::u32string whole = text.substr(0, point);
  std::u32string fraction = point < text.size() ? text.substr(point + 1) : std::u32string();

  whole.erase(0, std::min(whole.find_first_not_of(format.zero_digit), whole.size()));
  fraction.resize(fraction.find_last_not_of(format.zero_digit) + 1);
  if (whole.size() < picture.least_integer) whole.insert(0, picture.least_integer - whole.size(), format.zero_digit);
  if (fraction.size() < picture.least_fraction)
    fraction.append(picture.least_fraction - fraction.size(), format.zero_digit);

  std::u32string out = group_integer(whole, picture, format.grouping_separator);
  if (!fraction.empty() && picture.has_point) {
    out += format.decimal_separator;
    out += group_fraction(fraction, picture, format.grouping_separator);
  }
  if (picture.has_exponent) {
    const std::u32string digits = digits_of(exponent, 0, format);
    out += format.exponent_separator;
    if (exponent < 0) out += format.minus_sign;
    if (digits.size() < picture.exponent_digits) out.append(picture.exponent_digits - digits.size(), format.zero_digit);
    out += digits;
  }
  return out;
}

}  // namespace

void DecimalFormat::set(std::string_view name, std::string_view value) {
  const std::u32string text = to_code_points(value);
  if (name == "infinity") infinity = text;
  if (name == "minus-sign") minus_sign = text;
  if (name == "NaN") nan = text;
  if (name == "percent") percent = text;
  if (name == "per-mille") per_mille = text;
  if (text.empty()) return;
  if (name == "decimal-separator") decimal_separator = text[0];
  if (name == "grouping-separator") grouping_separator = text[0];
  if (name == "exponent-separator") exponent_separator = text[0];
  if (name == "zero-digit") zero_digit = text[0];
  if (name == "digit") digit = text[0];
  if (name == "pattern-separator") pattern_separator = text[0];
}

std::expected<std::string, Code> format_number(double number, std::string_view picture, const DecimalFormat& format) {
  const auto pictures = parse_sub_pictures(to_code_points(picture), format);
  if (!pictures) return std::unexpected(pictures.error());
  const bool is_negative = number < 0;
  const SubPicture& chosen = is_negative && pictures->size() > 1 ? (*pictures)[1] : (*pictures)[0];
  std::u32string out = is_negative && pictures->size() == 1 ? format.minus_sign : std::u32string();
  out += chosen.prefix;
  if (std::isnan(number)) {
    out += format.nan;
  } else {
    out += std::isinf(number) ? format.infinity : format_with(number, chosen, format);
  }
  return to_utf8(out + chosen.suffix);
}

}  // namespace stepwell::jsonata
