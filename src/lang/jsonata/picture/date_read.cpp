#include "lang/jsonata/picture/ascii_case.h"
#include "lang/jsonata/picture/code_points.h"
#include "lang/jsonata/picture/date_components.h"
#include "lang/jsonata/picture/date_match.h"
#include "lang/jsonata/picture/date_parts.h"
#include "lang/jsonata/picture/date_picture.h"

#include <optional>

namespace stepwell::jsonata {
namespace {

// The place of a month, from 1, the half of the day, from 0; nullopt: nothing that counts. Months are recognised as the
// reference implementation has them, in no other case.
std::optional<double> read_name(std::string_view text, const DateMarker& marker) {
  if (marker.component == 'F') return std::nullopt;
  if (marker.component == 'P') {
    if (equal_ignoring_case(text, "am")) return 0;
    return equal_ignoring_case(text, "pm") ? std::optional(1.0) : std::nullopt;
  }
  for (std::size_t at = 0; at < kMonthNames.size(); ++at) {
    const std::string_view name = kMonthNames[at];
    if (text == name.substr(0, marker.max_width.value_or(name.size()))) return static_cast<double>(at + 1);
  }
  return std::nullopt;
}

// "+05:30", "GMT+5", "+0530" in minutes: without a separator two digits are the hours. As in the reference
// implementation the minutes count forwards, whatever the sign is.
double read_zone(std::string_view text, const DateMarker& marker) {
  const std::u32string characters = to_code_points(text.substr(marker.component == 'z' ? 3 : 0));
  const char32_t zero = marker.integer ? marker.integer->zero : U'0';
  const bool is_joined = !marker.integer || marker.integer->separators.empty();
  double hours = 0;
  double minutes = 0;
  bool is_behind_hours = false;
  for (std::size_t at = 1; at < characters.size(); ++at) {
    if (characters[at] < zero || characters[at] - zero > 9) {
      is_behind_hours = true;
      continue;
    }
    if (is_joined && at > 2) is_behind_hours = true;
    double& number = is_behind_hours ? minutes : hours;
    number = number * 10 + (characters[at] - zero);
  }
  return (characters.front() == U'-' ? -1 : 1) * hours * 60 + minutes;
}

std::optional<double> read_component(std::string_view text, const DateMarker& marker) {
  if (marker.is_zone()) return read_zone(text, marker);
  return marker.integer ? marker.integer->read(text) : read_name(text, marker);
}

std::expected<void, PictureError> check_readable(const std::vector<DatePart>& parts) {
  for (const DatePart& part : parts) {
    if (!part.marker || part.marker->is_zone() || part.marker->integer || part.marker->has_names()) continue;
    return picture_error(Code::D3133, quoted({&part.marker->component, 1}));
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
  bool is_any = false;
  for (std::size_t i = 0; i < parts->size(); ++i) {
    const auto& marker = (*parts)[i].marker;
    if (!marker) continue;
    is_any = true;
    given.set(marker->component, read_component((*taken)[i], *marker));
  }
  if (!is_any) return std::nullopt;
  return given.resolve(now);
}

}  // namespace stepwell::jsonata
