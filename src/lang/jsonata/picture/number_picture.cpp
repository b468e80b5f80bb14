#include "lang/jsonata/picture/number_picture.h"

#include "lang/jsonata/picture/code_points.h"
#include "lang/jsonata/picture/decimal_places.h"
#include "lang/jsonata/picture/sub_picture.h"
#include "lang/jsonata/text/utf8.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>

namespace stepwell::jsonata {
namespace {

void append_digits(std::string& out, std::string_view digits, const NumberSymbols& symbols) {
  for (const char c : digits) append_code_point(out, symbols.zero_digit + static_cast<char32_t>(c - '0'));
}

bool is_grouped_before(const Grouping& grouping, std::size_t digits_to_the_right) {
  if (digits_to_the_right == 0) return false;
  if (grouping.interval() != 0) return digits_to_the_right % grouping.interval() == 0;
  return std::ranges::find(grouping.positions(), digits_to_the_right) != grouping.positions().end();
}

void append_integer(std::string& out, std::string_view digits, const SubPicture& picture,
                    const NumberSymbols& symbols) {
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  const std::size_t size = std::max(digits.size(), picture.min_integer_digits);
  for (std::size_t right = size; right > 0; --right) {
    if (right != size && is_grouped_before(picture.integer_grouping, right))
      append_code_point(out, symbols.grouping_separator);
    const char digit = right > digits.size() ? '0' : digits[digits.size() - right];
    append_digits(out, {&digit, 1}, symbols);
  }
}

void append_fraction(std::string& out, std::string_view digits, const SubPicture& picture,
                     const NumberSymbols& symbols) {
  while (digits.size() > picture.min_fraction_digits && digits.ends_with('0')) digits.remove_suffix(1);
  if (digits.empty()) return;
  append_code_point(out, symbols.decimal_separator);
  std::size_t done = 0;
  for (const std::size_t position : picture.fraction_groups) {
    if (position >= digits.size()) break;
    append_digits(out, digits.substr(done, position - done), symbols);
    append_code_point(out, symbols.grouping_separator);
    done = position;
  }
  append_digits(out, digits.substr(done), symbols);
}

// Brings `mantissa` to as many digits before its point as the picture has, and returns the power of ten it lost.
int normalize(double& mantissa, std::size_t digits) {
  const double max = std::pow(10.0, static_cast<double>(digits));
  const double min = std::pow(10.0, static_cast<double>(digits) - 1);
  if (mantissa == 0 || !std::isfinite(max)) return 0;
  int exponent = 0;
  for (; mantissa < min; mantissa *= 10) --exponent;
  for (; mantissa > max; mantissa /= 10) ++exponent;
  return exponent;
}

void append_exponent(std::string& out, int exponent, const SubPicture& picture, const NumberSymbols& symbols) {
  append_code_point(out, symbols.exponent_separator);
  if (exponent < 0) out += symbols.minus_sign;
  append_digits(out, fmt::format("{:0{}}", std::abs(exponent), picture.min_exponent_digits), symbols);
}

// `number` is not negative.
void append_number(std::string& out, double number, const SubPicture& picture, const NumberSymbols& symbols) {
  number *= picture.scale;
  if (!std::isfinite(number)) {
    out += symbols.infinity;
    return;
  }
  const int exponent = picture.has_exponent ? normalize(number, picture.scaling) : 0;
  const auto places = static_cast<int>(picture.max_fraction_digits);
  const std::string digits = to_fixed(round_to_places(number, places), places);
  const std::size_t point = std::min(digits.find('.'), digits.size());
  append_integer(out, std::string_view(digits).substr(0, point), picture, symbols);
  append_fraction(out, std::string_view(digits).substr(std::min(point + 1, digits.size())), picture, symbols);
  if (picture.has_exponent) append_exponent(out, exponent, picture, symbols);
}

}  // namespace

std::expected<std::string, PictureError> format_number(double number, std::string_view picture,
                                                       const NumberSymbols& symbols) {
  const std::u32string text = to_code_points(picture);
  const std::u32string_view whole = text;
  const std::size_t separator = whole.find(symbols.pattern_separator);
  const bool has_second = separator != std::u32string_view::npos;
  if (has_second && separator != whole.rfind(symbols.pattern_separator)) return picture_error(Code::D3080);

  const auto first = SubPicture::parse(whole.substr(0, separator), symbols);
  if (!first) return std::unexpected(first.error());
  std::optional<SubPicture> second;
  if (has_second) {
    auto parsed = SubPicture::parse(whole.substr(separator + 1), symbols);
    if (!parsed) return std::unexpected(parsed.error());
    second = std::move(*parsed);
  }
  if (std::isnan(number)) return symbols.not_a_number;

  const bool is_negative = number < 0;
  const SubPicture& chosen = is_negative && second ? *second : *first;
  std::string out;
  if (is_negative && !second) out += symbols.minus_sign;
  out += chosen.prefix;
  append_number(out, std::abs(number), chosen, symbols);
  out += chosen.suffix;
  return out;
}

}  // namespace stepwell::jsonata
