#include "lang/jsonata/picture/sub_picture.h"

#include "lang/jsonata/picture/code_points.h"

#include <algorithm>
#include <optional>

namespace stepwell::jsonata {
namespace {

constexpr auto npos = std::u32string_view::npos;

struct Parts {
  std::u32string_view whole;
  std::u32string_view prefix;
  std::u32string_view active;
  std::u32string_view suffix;
  std::u32string_view mantissa;
  std::u32string_view integer;
  std::u32string_view fraction;
  std::u32string_view exponent;
  bool has_exponent = false;
};

Parts cut(std::u32string_view text, const NumberSymbols& symbols) {
  const auto is_core = [&](char32_t c) { return symbols.is_active(c) && c != symbols.exponent_separator; };
  Parts parts;
  parts.whole = text;
  const auto first = static_cast<std::size_t>(std::ranges::find_if(text, is_core) - text.begin());
  std::size_t end = text.size();
  while (end > first && !is_core(text[end - 1])) --end;
  parts.prefix = text.substr(0, first);
  parts.active = text.substr(first, end - first);
  parts.suffix = text.substr(end);
  // A separator right behind the active part belongs to it, which then lacks its exponent.
  const std::size_t exponent = text.find(symbols.exponent_separator, first);
  parts.has_exponent = exponent != npos && exponent <= end;
  parts.mantissa = parts.active;
  if (parts.has_exponent) {
    parts.mantissa = text.substr(first, exponent - first);
    if (exponent < end) parts.exponent = text.substr(exponent + 1, end - exponent - 1);
  }
  const std::size_t point = parts.mantissa.find(symbols.decimal_separator);
  parts.integer = parts.mantissa.substr(0, point);
  if (point != npos) parts.fraction = parts.mantissa.substr(point + 1);
  return parts;
}

bool has_two(std::u32string_view text, std::u32string_view what) { return text.find(what) != text.rfind(what); }

bool has(std::u32string_view text, std::u32string_view what) { return text.find(what) != npos; }

// The code of the last rule of §4.7.3 that is broken.
std::optional<Code> broken_rule(const Parts& parts, const NumberSymbols& symbols) {
  const auto is_digit = [&](char32_t c) { return symbols.is_digit(c); };
  const auto is_any_digit = [&](char32_t c) { return symbols.is_digit(c) || c == symbols.digit; };
  const std::u32string_view point(&symbols.decimal_separator, 1);
  const char32_t grouping = symbols.grouping_separator;
  const char32_t around_point[] = {grouping, symbols.decimal_separator, grouping};
  const std::u32string_view around(around_point, 3);
  const char32_t twice[] = {grouping, grouping};
  const bool has_percent = has(parts.whole, symbols.percent);
  const bool has_per_mille = has(parts.whole, symbols.per_mille);

  if (parts.has_exponent && (parts.exponent.empty() || !std::ranges::all_of(parts.exponent, is_digit)))
    return Code::D3093;
  if (parts.has_exponent && (has_percent || has_per_mille)) return Code::D3092;
  const std::size_t last_optional = parts.fraction.rfind(symbols.digit);
  if (last_optional != npos && std::ranges::any_of(parts.fraction.substr(last_optional), is_digit)) return Code::D3091;
  const std::size_t first_optional = parts.integer.find(symbols.digit);
  if (first_optional != npos && std::ranges::any_of(parts.integer.substr(0, first_optional), is_digit))
    return Code::D3090;
  if (has(parts.whole, {twice, 2})) return Code::D3089;
  if (has(parts.whole, point)) {
    if (has(parts.whole, around.substr(0, 2)) || has(parts.whole, around.substr(1))) return Code::D3087;
  } else if (parts.integer.ends_with(grouping)) {
    return Code::D3088;
  }
  if (!std::ranges::all_of(parts.active, [&](char32_t c) { return symbols.is_active(c); })) return Code::D3086;
  if (std::ranges::none_of(parts.mantissa, is_any_digit)) return Code::D3085;
  if (has_percent && has_per_mille) return Code::D3084;
  if (has_two(parts.whole, symbols.per_mille)) return Code::D3083;
  if (has_two(parts.whole, symbols.percent)) return Code::D3082;
  if (has_two(parts.whole, point)) return Code::D3081;
  return std::nullopt;
}

std::vector<std::size_t> integer_positions(std::u32string_view integer, const NumberSymbols& symbols) {
  std::vector<std::size_t> positions;
  std::size_t digits = 0;
  for (std::size_t at = integer.size(); at-- > 0;) {
    if (integer[at] == symbols.grouping_separator) {
      positions.push_back(digits);
    } else {
      ++digits;
    }
  }
  return positions;
}

std::vector<std::size_t> fraction_positions(std::u32string_view fraction, const NumberSymbols& symbols) {
  std::vector<std::size_t> positions;
  std::size_t digits = 0;
  for (const char32_t c : fraction) {
    if (c == symbols.grouping_separator) {
      positions.push_back(digits);
    } else {
      ++digits;
    }
  }
  return positions;
}

void measure(SubPicture& picture, const Parts& parts, const NumberSymbols& symbols) {
  const auto is_digit = [&](char32_t c) { return symbols.is_digit(c); };
  const auto count_digits = [&](std::u32string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, is_digit));
  };
  picture.min_integer_digits = count_digits(parts.integer);
  picture.scaling = picture.min_integer_digits;
  picture.min_fraction_digits = count_digits(parts.fraction);
  picture.max_fraction_digits =
      picture.min_fraction_digits + static_cast<std::size_t>(std::ranges::count(parts.fraction, symbols.digit));
  if (picture.min_integer_digits == 0 && picture.max_fraction_digits == 0) {
    if (parts.has_exponent) {
      picture.min_fraction_digits = picture.max_fraction_digits = 1;
    } else {
      picture.min_integer_digits = 1;
    }
  }
  if (parts.has_exponent && picture.min_integer_digits == 0 && parts.integer.find(symbols.digit) != npos) {
    picture.min_integer_digits = 1;
  }
  if (picture.min_integer_digits == 0 && picture.min_fraction_digits == 0) picture.min_fraction_digits = 1;
  picture.has_exponent = parts.has_exponent;
  picture.min_exponent_digits = count_digits(parts.exponent);
}

}  // namespace

std::expected<SubPicture, PictureError> SubPicture::parse(std::u32string_view text, const NumberSymbols& symbols) {
  const Parts parts = cut(text, symbols);
  if (const auto code = broken_rule(parts, symbols)) return picture_error(*code);
  SubPicture picture;
  picture.prefix = to_utf8(parts.prefix);
  picture.suffix = to_utf8(parts.suffix);
  if (has(text, symbols.percent)) picture.scale = 100;
  if (has(text, symbols.per_mille)) picture.scale = 1000;
  measure(picture, parts, symbols);
  picture.integer_grouping = Grouping(integer_positions(parts.integer, symbols));
  picture.fraction_groups = fraction_positions(parts.fraction, symbols);
  return picture;
}

}  // namespace stepwell::jsonata
