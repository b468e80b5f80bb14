#include "lang/jsonata/picture/ascii_case.h"
#include "lang/jsonata/picture/code_points.h"
#include "lang/jsonata/picture/date_components.h"
#include "lang/jsonata/picture/date_match.h"
#include "lang/jsonata/picture/date_parts.h"
#include "lang/jsonata/picture/date_picture.h"

#include <cmath>
#include <limits>

namespace stepwell::jsonata {
namespace {

constexpr double kNotANumber = std::numeric_limits<double>::quiet_NaN();

// The place of a name, from 1.
double read_name(std::string_view text, const DateMarker& marker) {
  if (marker.component == 'P')
    return equal_ignoring_case(text, "am") ? 0 : equal_ignoring_case(text, "pm") ? 1 : kNotANumber;
  if (marker.component == 'F') return 0;  // does not count
  for (std::size_t at = 0; at < kMonthNames.size(); ++at) {
    const std::string_view name = kMonthNames[at];
    if (equal_ignoring_case(text, name.substr(0, marker.max_width.value_or(name.size()))))
      return static_cast<double>(at + 1);
  }
  return kNotANumber;
}

// "+05:30", "GMT+5", "+0530" in minutes. Three digits or more end in those of the minutes.
double read_zone(std::string_view text, const DateMarker& marker) {
  const std::u32string characters = to_code_points(text.substr(marker.component == 'z' ? 3 : 0));
  const char32_t zero = marker.integer ? marker.integer->zero : U'0';
  double groups[2] = {0, 0};
  std::size_t group = 0;
  std::size_t digits = 0;
  for (const char32_t c : std::u32string_view(characters).substr(1)) {
    if (c < zero || c - zero > 9) {
      group = 1;
      continue;
    }
    groups[group] = groups[group] * 10 + (c - zero);
    ++digits;
  }
  const bool is_joined = group == 0 && digits > 2;
  const double hours = is_joined ? std::floor(groups[0] / 100) : groups[0];
  const double minutes = is_joined ? std::fmod(groups[0], 100) : groups[1];
  return (characters.front() == U'-' ? -1 : 1) * (hours * 60 + minutes);
}

double read_component(std::string_view text, const DateMarker& marker) {
  if (marker.is_zone()) return read_zone(text, marker);
  return marker.integer ? marker.integer->read(text) : read_name(text, marker);
}

std::expected<void, PictureError> check_readable(const std::vector<DatePart>& parts) {
  for (const DatePart& part : parts) {
    if (!part.marker || part.marker->is_zone() || part.marker->integer || part.marker->has_names()) continue;
    return picture_error("D3133", {part.marker->component});
  }
  return {};
}

}  // namespace

std::expected<std::optional<std::int64_t>, PictureError> parse_date(std::string_view text, std::string_view picture,
                                                                    Timestamp now) {
  const auto parts = parse_date_picture(picture);
  if (!parts) return std::unexpected(parts.error());
  if (auto readable = check_readable(*parts); !readable) return std::unexpected(readable.error());
  const auto taken = match_date(text, *parts);
  if (!taken) return std::nullopt;
  DateComponents given;
  for (std::size_t i = 0; i < parts->size(); ++i) {
    const auto& marker = (*parts)[i].marker;
    if (!marker) continue;
    const double value = read_component((*taken)[i], *marker);
    if (std::isnan(value)) return std::nullopt;
    given.set(marker->component, value);
  }
  if (given.is_empty()) return std::nullopt;
  return given.resolve(now);
}

}  // namespace stepwell::jsonata
