#include "lang/jsonata/picture/date_parts.h"

#include "lang/jsonata/picture/code_points.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace stepwell::jsonata {
namespace {

// A wider number would be zeros only.
constexpr std::size_t kMaxWidth = 1000;

// How a component is shown when its marker does not say.
constexpr std::string_view default_presentation(char component) {
  switch (component) {
    case 'F':
    case 'P':
    case 'C':
    case 'E': return "n";
    case 'm':
    case 's': return "01";
    case 'Z':
    case 'z': return "01:01";
    default: return "1";
  }
}

struct Widths {
  std::optional<std::size_t> min;
  std::optional<std::size_t> max;
};

// nullopt: "*", or no number.
std::optional<std::size_t> parse_width(std::string_view text) {
  std::size_t width = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), width);
  if (result.ptr == text.data()) return std::nullopt;
  return result.ec == std::errc() ? std::min(width, kMaxWidth) : kMaxWidth;
}

Widths parse_widths(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return {.min = parse_width(text), .max = std::nullopt};
  return {.min = parse_width(text.substr(0, dash)), .max = parse_width(text.substr(dash + 1))};
}

IntegerPicture::Case name_case(std::string_view presentation) {
  if (presentation.front() == 'n') return IntegerPicture::Case::lower;
  return presentation.substr(1).starts_with('n') ? IntegerPicture::Case::title : IntegerPicture::Case::upper;
}

// Years, months and days are as wide as they may be.
void apply_widths(DateMarker& marker, const Widths& widths) {
  marker.max_width = widths.max;
  if (!marker.integer || marker.is_zone()) return;
  IntegerPicture& integer = *marker.integer;
  const bool is_digits = integer.kind == IntegerPicture::Kind::digits;
  if (widths.min) integer.min_digits = std::max(integer.min_digits, *widths.min);
  if (widths.max && marker.has_fixed_width()) integer.min_digits = *widths.max;
  if (marker.component != 'Y') return;
  if (widths.max) {
    marker.last_year_digits = widths.max;
  } else if (const std::size_t digits = integer.min_digits + integer.optional_digits; is_digits && digits >= 2) {
    marker.last_year_digits = digits;
  }
}

// Time zones are always digits; that others are not is found out where the zone is shown.
std::expected<void, PictureError> parse_integer_presentation(DateMarker& marker, std::string_view presentation,
                                                             bool is_ordinal) {
  auto integer = IntegerPicture::parse_primary(to_code_points(presentation));
  if (marker.is_zone()) {
    if (!integer && integer.error().code == Code::D3131) return std::unexpected(integer.error());
    if (integer && integer->kind == IntegerPicture::Kind::digits) marker.integer = *std::move(integer);
    return {};
  }
  if (!integer) return std::unexpected(integer.error());
  integer->is_ordinal = is_ordinal;
  marker.integer = *std::move(integer);
  return {};
}

// `text` is what stands between the brackets.
std::expected<DateMarker, PictureError> parse_marker(std::string_view text) {
  std::string compact(text);
  std::erase_if(compact, [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); });
  std::string_view rest = compact;
  if (rest.empty() || kDateComponents.find(rest.front()) == std::string_view::npos) {
    return picture_error(Code::D3132, quoted(to_utf8(to_code_points(rest).substr(0, 1))));
  }
  DateMarker marker;
  marker.component = rest.front();
  rest.remove_prefix(1);

  Widths widths;
  if (const std::size_t comma = rest.rfind(','); comma != std::string_view::npos) {
    widths = parse_widths(rest.substr(comma + 1));
    rest = rest.substr(0, comma);
  }
  char modifier = '\0';
  if (rest.size() > 1 && std::string_view("atco").find(rest.back()) != std::string_view::npos) {
    modifier = rest.back();
    rest.remove_suffix(1);
  }
  if (rest.empty()) rest = default_presentation(marker.component);
  marker.shows_utc_as_z = modifier == 't';
  if (rest.front() == 'n' || rest.front() == 'N') {
    marker.name = name_case(rest);
  } else if (std::string_view("PCE").find(marker.component) == std::string_view::npos) {
    if (auto parsed = parse_integer_presentation(marker, rest, modifier == 'o'); !parsed) {
      return std::unexpected(parsed.error());
    }
  }
  apply_widths(marker, widths);
  return marker;
}

void append_text(std::vector<DatePart>& parts, char c) {
  if (parts.empty() || parts.back().marker) parts.emplace_back();
  parts.back().text += c;
}

}  // namespace

std::expected<std::vector<DatePart>, PictureError> parse_date_picture(std::string_view picture) {
  std::vector<DatePart> parts;
  while (!picture.empty()) {
    if (picture.front() != '[' || picture.starts_with("[[")) {
      append_text(parts, picture.front());
      picture.remove_prefix(picture.starts_with("[[") || picture.starts_with("]]") ? 2 : 1);
      continue;
    }
    const std::size_t close = picture.find(']');
    if (close == std::string_view::npos) return picture_error(Code::D3135);
    auto marker = parse_marker(picture.substr(1, close - 1));
    if (!marker) return std::unexpected(marker.error());
    parts.push_back({.text = {}, .marker = *std::move(marker)});
    picture.remove_prefix(close + 1);
  }
  return parts;
}

}  // namespace stepwell::jsonata
