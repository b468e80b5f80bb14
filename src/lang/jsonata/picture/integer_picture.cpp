#include "lang/jsonata/picture/integer_picture.h"

#include "lang/jsonata/picture/code_points.h"
#include "lang/jsonata/picture/digit_families.h"

#include <utility>
#include <vector>

namespace stepwell::jsonata {
namespace {

using Kind = IntegerPicture::Kind;
using Case = IntegerPicture::Case;

struct Numbering {
  std::u32string_view text;
  Kind kind;
  Case letter_case;
};
constexpr Numbering kNumberings[] = {
    {U"A", Kind::letters, Case::upper}, {U"a", Kind::letters, Case::lower}, {U"I", Kind::roman, Case::upper},
    {U"i", Kind::roman, Case::lower},   {U"W", Kind::words, Case::upper},   {U"w", Kind::words, Case::lower},
    {U"Ww", Kind::words, Case::title},
};

std::expected<IntegerPicture, PictureError> parse_digits(std::u32string_view text) {
  IntegerPicture picture;
  picture.min_digits = 0;
  std::vector<std::size_t> positions;
  for (std::size_t at = text.size(); at-- > 0;) {
    const char32_t c = text[at];
    if (const auto zero = zero_of(c)) {
      if (picture.min_digits != 0 && *zero != picture.zero) return picture_error(Code::D3131);
      picture.zero = *zero;
      ++picture.min_digits;
    } else if (c == U'#') {
      ++picture.optional_digits;
    } else {
      positions.push_back(picture.min_digits + picture.optional_digits);
      picture.separators += c;
    }
  }
  if (picture.min_digits == 0) return picture_error(Code::D3130, quoted(to_utf8(text)));
  const bool is_uniform = picture.separators.find_first_not_of(picture.separators.substr(0, 1)) == std::u32string::npos;
  picture.grouping = Grouping(std::move(positions), is_uniform);
  return picture;
}

}  // namespace

std::expected<IntegerPicture, PictureError> IntegerPicture::parse_primary(std::u32string_view text) {
  for (const auto& [name, kind, letter_case] : kNumberings) {
    if (name != text) continue;
    IntegerPicture picture;
    picture.kind = kind;
    picture.letter_case = letter_case;
    return picture;
  }
  return parse_digits(text);
}

std::expected<IntegerPicture, PictureError> IntegerPicture::parse(std::u32string_view text) {
  const std::size_t semicolon = text.rfind(U';');
  auto picture = parse_primary(text.substr(0, semicolon));
  if (picture && semicolon != std::u32string_view::npos) {
    picture->is_ordinal = text.substr(semicolon + 1).starts_with(U'o');
  }
  return picture;
}

std::expected<std::string, PictureError> format_integer(double number, std::string_view picture) {
  const auto parsed = IntegerPicture::parse(to_code_points(picture));
  if (!parsed) return std::unexpected(parsed.error());
  return parsed->format(number);
}

std::expected<double, PictureError> parse_integer(std::string_view text, std::string_view picture) {
  const auto parsed = IntegerPicture::parse(to_code_points(picture));
  if (!parsed) return std::unexpected(parsed.error());
  return parsed->read(text);
}

}  // namespace stepwell::jsonata
