#include "lang/jsonata/picture/calendar.h"
#include "lang/jsonata/picture/date_picture.h"
#include "lang/jsonata/picture/names.h"
#include "lang/jsonata/text/case.h"

#include <cmath>

namespace stepwell::jsonata {
namespace {

struct Offset {
  double hours;
  double minutes;
};

// As +hhmm is read: the hundreds are hours, rounded down.
Offset parts_of(double offset) { return {std::floor(offset / 100), std::fmod(offset, 100)}; }

double number_of(char component, const CalendarTime& time) {
  switch (component) {
    case 'Y': return static_cast<double>(time.year);
    case 'M': return time.month;
    case 'D': return time.day;
    case 'd': return time.day_of_year;
    case 'F': return time.weekday;
    case 'W': return time.week_of_year;
    case 'w': return time.week_of_month;
    case 'X': return static_cast<double>(time.week_year);
    case 'x': return time.week_month;
    case 'H': return time.hour;
    case 'h': return time.hour % 12 == 0 ? 12 : time.hour % 12;
    case 'm': return time.minute;
    case 's': return time.second;
    default: return time.millisecond;
  }
}

}  // namespace

std::expected<std::optional<std::string>, PictureFailure> DatePicture::format(double millis, double offset) const {
  const Offset parts = parts_of(offset);
  const auto time = calendar_time(millis + (parts.hours * 60 + parts.minutes) * 60'000);
  if (!time) return std::optional<std::string>();
  std::string text;
  for (const Part& part : parts_) {
    if (part.component == '\0') {
      text += part.literal;
      continue;
    }
    auto formatted = format_part(part, *time, offset);
    if (!formatted) return std::unexpected(formatted.error());
    text += *formatted;
  }
  return text;
}

DatePicture::Formatted DatePicture::format_part(const Part& part, const CalendarTime& time, double offset) {
  switch (part.component) {
    case 'C':
    case 'E': return "ISO";
    case 'Z':
    case 'z': return format_zone(part, offset);
    case 'P': {
      const std::string text = time.hour < 12 ? "am" : "pm";
      return part.names == Names::upper ? to_upper(text) : text;
    }
    default: break;
  }
  if (part.names != Names::none) return format_name(part, time);
  double number = number_of(part.component, time);
  if (part.year_digits > 0) number = std::fmod(number, std::pow(10, static_cast<double>(part.year_digits)));
  auto text = part.integer->format(number);
  if (!text) return std::unexpected(PictureFailure{Code::D3130, quoted(part.integer->token)});
  return *text;
}

DatePicture::Formatted DatePicture::format_name(const Part& part, const CalendarTime& time) {
  std::string name;
  switch (part.component) {
    case 'M': name = kMonths[time.month - 1]; break;
    case 'x': name = kMonths[time.week_month - 1]; break;
    case 'F': name = kDays[time.weekday - 1]; break;
    default: return std::unexpected(PictureFailure{Code::D3133, quoted({&part.component, 1})});
  }
  if (part.names == Names::upper) name = to_upper(name);
  if (part.names == Names::lower) name = to_lower(name);
  if (part.most_width && name.size() > *part.most_width) name.resize(*part.most_width);
  return name;
}

DatePicture::Formatted DatePicture::format_zone(const Part& part, double offset) {
  const Offset parts = parts_of(offset);
  const double joined = parts.hours * 100 + parts.minutes;
  if (joined == 0 && part.second_modifier == 't') return "Z";
  std::string text;
  const std::size_t digits = part.integer ? part.integer->mandatory_digits : 0;
  if (digits == 0 || (part.integer->regular == 0 && digits > 4))
    return std::unexpected(PictureFailure{Code::D3134, {}});
  if (part.integer->regular > 0 || digits > 2) {
    text = part.integer->format(joined).value_or("");
  } else {
    static const IntegerPicture kTwoDigits = *IntegerPicture::parse("00");
    text = part.integer->format(parts.hours).value_or("");
    if (parts.minutes != 0) text += ":" + kTwoDigits.format(parts.minutes).value_or("");
  }
  if (joined >= 0) text.insert(0, 1, '+');
  return part.component == 'z' ? "GMT" + text : text;
}

}  // namespace stepwell::jsonata
