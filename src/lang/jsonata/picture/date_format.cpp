#include "lang/jsonata/picture/ascii_case.h"
#include "lang/jsonata/picture/calendar.h"
#include "lang/jsonata/picture/date_parts.h"
#include "lang/jsonata/picture/date_picture.h"

#include <charconv>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace stepwell::jsonata {
namespace {

constexpr std::string_view kIsoPicture = "[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001][Z01:01t]";

// Minutes east of Greenwich. The reference implementation takes a leading number as hours and minutes, and rounds the
// hours down: -0830 is nine hours and a half west.
std::expected<int, PictureError> parse_zone(std::string_view zone) {
  std::string_view digits = zone;
  if (digits.starts_with('+') || digits.starts_with('-')) digits.remove_prefix(1);
  int number = 0;
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (result.ec != std::errc() || number < 0 || number > 9999) return picture_error(Code::D3134);
  const int hours = number / 100;
  const int minutes = number % 100;
  if (!zone.starts_with('-')) return hours * 60 + minutes;
  return -(hours + (minutes == 0 ? 0 : 1)) * 60 - minutes;
}

std::int64_t number_of(const DateFields& fields, const DateMarker& marker) {
  switch (marker.component) {
    case 'Y': return fields.date.year;
    case 'M': return fields.date.month;
    case 'D': return fields.date.day;
    case 'd': return fields.day_of_year();
    case 'F': return fields.weekday();
    case 'W': return fields.week_of_year();
    case 'w': return fields.week_of_month();
    case 'X': return fields.thursday().year;
    case 'x': return fields.thursday().month;
    case 'H': return fields.hour;
    case 'h': return (fields.hour + 11) % 12 + 1;
    case 'm': return fields.minute;
    case 's': return fields.second;
    default: return fields.millisecond;
  }
}

std::string format_name(std::string_view name, const DateMarker& marker) {
  std::string out(name.substr(0, marker.max_width.value_or(name.size())));
  if (marker.name == IntegerPicture::Case::upper) return in_upper_case(std::move(out));
  if (marker.name == IntegerPicture::Case::lower) return in_lower_case(std::move(out));
  return out;
}

std::expected<std::string, PictureError> format_zone(int offset, const DateMarker& marker) {
  if (!marker.integer) return picture_error(Code::D3134);
  if (offset == 0 && marker.shows_utc_as_z) return "Z";
  const IntegerPicture& picture = *marker.integer;
  const int hours = std::abs(offset) / 60;
  const int minutes = std::abs(offset) % 60;
  std::string out = marker.component == 'z' ? "GMT" : "";
  out += offset < 0 ? '-' : '+';
  if (picture.separators.empty() && picture.min_digits <= 2) {
    out += *picture.format(hours);
    if (minutes != 0) out += fmt::format(":{:02}", minutes);
    return out;
  }
  if (picture.separators.empty() && picture.min_digits > 4) {
    return picture_error(Code::D3134);
  }
  return out + *picture.format(hours * 100 + minutes);
}

std::expected<std::string, PictureError> format_marker(const DateFields& fields, int offset, const DateMarker& marker) {
  switch (marker.component) {
    case 'C':
    case 'E': return "ISO";
    case 'P':
      return std::string(marker.name == IntegerPicture::Case::upper ? fields.hour < 12 ? "AM" : "PM"
                         : fields.hour < 12                         ? "am"
                                                                    : "pm");
    case 'Z':
    case 'z': return format_zone(offset, marker);
    default: break;
  }
  const std::int64_t number = number_of(fields, marker);
  if (!marker.name) {
    const auto wide = static_cast<double>(number);
    if (!marker.last_year_digits) return marker.integer->format(wide);
    return marker.integer->format(std::fmod(wide, std::pow(10.0, static_cast<double>(*marker.last_year_digits))));
  }
  if (!marker.has_names()) return picture_error(Code::D3133, quoted({&marker.component, 1}));
  const auto at = static_cast<std::size_t>(number - 1);
  return format_name(marker.component == 'F' ? kDayNames[at] : kMonthNames[at], marker);
}

}  // namespace

std::expected<std::string, PictureError> format_date(double milliseconds, std::optional<std::string_view> picture,
                                                     std::string_view zone) {
  if (!(std::abs(milliseconds) <= static_cast<double>(kMaxMilliseconds))) {
    return picture_error(Code::D1001, fmt::format("{}", milliseconds));
  }
  int offset = 0;
  if (!zone.empty()) {
    const auto parsed = parse_zone(zone);
    if (!parsed) return std::unexpected(parsed.error());
    offset = *parsed;
  }
  const auto parts = parse_date_picture(picture.value_or(kIsoPicture));
  if (!parts) return std::unexpected(parts.error());
  const DateFields fields = DateFields::at(static_cast<std::int64_t>(milliseconds) + std::int64_t{offset} * 60'000);
  std::string out;
  for (const DatePart& part : *parts) {
    out += part.text;
    if (!part.marker) continue;
    auto shown = format_marker(fields, offset, *part.marker);
    if (!shown) return shown;
    out += *shown;
  }
  return out;
}

}  // namespace stepwell::jsonata
