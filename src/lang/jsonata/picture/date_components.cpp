#include "lang/jsonata/picture/date_components.h"

#include "lang/jsonata/picture/calendar.h"

#include <cmath>
#include <limits>
#include <string>

namespace stepwell::jsonata {
namespace {

constexpr std::string_view kDates = "YXMxWwdD";
constexpr std::string_view kTimes = "PHhmsf";

double component_of(const DateFields& fields, char component) {
  switch (component) {
    case 'Y': return static_cast<double>(fields.date.year);
    case 'M': return static_cast<double>(fields.date.month);
    case 'D': return static_cast<double>(fields.date.day);
    case 'H': return static_cast<double>(fields.hour);
    case 'h': return static_cast<double>((fields.hour + 11) % 12 + 1);
    case 'm': return static_cast<double>(fields.minute);
    case 's': return static_cast<double>(fields.second);
    case 'f': return static_cast<double>(fields.millisecond);
    default: return 0;  // half of the day: always the first
  }
}

}  // namespace

// Whether some of `all` are there, and each of those is in `type`. As in the reference implementation those that are 0
// or no number do not count.
bool DateComponents::is_only(std::string_view all, std::string_view type) const {
  bool is_any = false;
  for (const char component : all) {
    if (const double given = value(component); given == 0 || std::isnan(given)) continue;
    if (type.find(component) == std::string_view::npos) return false;
    is_any = true;
  }
  return is_any;
}

DateComponents::Calendar DateComponents::calendar() const {
  if (is_only(kDates, "YMD")) return Calendar::months;
  if (is_only(kDates, "Yd")) return Calendar::days_of_year;
  return is_only(kDates, "Xxw") || is_only(kDates, "XW") ? Calendar::weeks : Calendar::months;
}

// False: a component between others is missing.
bool DateComponents::complete(std::string_view order, Timestamp now) {
  const DateFields fields = DateFields::at(now.time_since_epoch().count());
  bool is_started = false;
  bool is_ended = false;
  for (const char component : order) {
    if (has(component)) {
      if (is_ended) return false;
      is_started = true;
    } else if (is_started) {
      is_ended = true;
      set(component, component == 'M' || component == 'D' ? 1 : 0);
    } else {
      set(component, component_of(fields, component));
    }
  }
  return true;
}

// NaN: out of range. Years below 100 are those of the 20th century (ECMA-262 §21.4.1.31).
double DateComponents::days(Calendar calendar) const {
  constexpr double kMax = 1e9;
  const bool has_months = calendar == Calendar::months;
  const double given_year = value('Y');
  const double year = given_year >= 0 && given_year <= 99 ? 1900 + given_year : given_year;
  const double month = has_months && value('M') > 0 ? value('M') : 1;
  const double day = !has_months && has('d') ? value('d') : value('D');
  const bool is_in_range = std::abs(year) <= kMax && month <= kMax && std::abs(day) <= kMax;
  if (!is_in_range) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(days_of({.year = static_cast<std::int64_t>(year),
                                      .month = static_cast<std::int64_t>(month),
                                      .day = static_cast<std::int64_t>(day)}));
}

std::expected<std::optional<std::int64_t>, PictureError> DateComponents::resolve(Timestamp now) const {
  const Calendar calendar = this->calendar();
  const bool has_halves = !is_only(kTimes, "Hmsf") && is_only(kTimes, "Phmsf");
  // The reference implementation does not count a day of the year: nothing smaller may stand behind it.
  std::string order = calendar == Calendar::days_of_year ? "YD" : "YMD";
  order += has_halves ? "Phmsf" : "Hmsf";
  DateComponents all = *this;
  if (calendar == Calendar::weeks || !all.complete(order, now)) return picture_error(Code::D3136);

  double hours = all.value('H');
  if (has_halves) hours = (all.value('h') == 12 ? 0 : all.value('h')) + 12 * all.value('P');
  const double minutes = hours * 60 + all.value('m') - all.value('Z') - all.value('z');
  const double milliseconds = all.days(calendar) * static_cast<double>(kMillisecondsPerDay) +
                              (minutes * 60 + all.value('s')) * 1000 + all.value('f');
  if (!(std::abs(milliseconds) <= static_cast<double>(kMaxMilliseconds))) return std::nullopt;
  return static_cast<std::int64_t>(milliseconds);
}

}  // namespace stepwell::jsonata
