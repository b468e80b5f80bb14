#include "lang/schedule/cron.h"

namespace stepwell::schedule {
namespace {

using std::chrono::year_month_day;

unsigned last_day(year_month_day day) {
  return static_cast<unsigned>((day.year() / day.month() / std::chrono::last).day());
}
// 1 is Sunday.
unsigned week_day(year_month_day day) { return std::chrono::weekday(std::chrono::local_days(day)).c_encoding() + 1; }
bool is_weekend(unsigned week_day) { return week_day == 1 || week_day == 7; }

// The weekday nearest to a day of the month, within the month; 0 where the month has no such day.
unsigned nearest_weekday(year_month_day in, unsigned day) {
  const unsigned last = last_day(in);
  if (day > last) return 0;
  switch (week_day(in.year() / in.month() / std::chrono::day(day))) {
    case 7: return day == 1 ? 3 : day - 1;
    case 1: return day == last ? day - 2 : day + 1;
    default: return day;
  }
}
unsigned last_weekday(year_month_day in) {
  unsigned day = last_day(in);
  while (is_weekend(week_day(in.year() / in.month() / std::chrono::day(day)))) --day;
  return day;
}

}  // namespace

bool Cron::has_year(std::chrono::year year) const {
  const int number = static_cast<int>(year);
  return number >= first_year && number <= last_year && years_.test(static_cast<std::size_t>(number - first_year));
}

bool Cron::is_day(year_month_day date) const {
  const auto day = static_cast<unsigned>(date.day());
  if (month_days_.days.test(day)) return true;
  if (month_days_.last && day == last_day(date)) return true;
  if (month_days_.last_weekday && day == last_weekday(date)) return true;
  for (unsigned near = 1; month_days_.nearest_weekdays.any() && near <= 31; ++near) {
    if (month_days_.nearest_weekdays.test(near) && nearest_weekday(date, near) == day) return true;
  }
  const unsigned of_week = week_day(date);
  return week_days_.days.test(of_week) || (week_days_.last_of_month.test(of_week) && day + 7 > last_day(date)) ||
         week_days_.nth_of_month.test(of_week * 6 + (day - 1) / 7 + 1);
}

std::optional<Timestamp> Cron::next(Timestamp after, const TimeZone& zone) const {
  using namespace std::chrono;
  // A clock that has been put back shows times again that are behind `after` already.
  const LocalTime from = zone.local(after) - hours(4);
  auto date = floor<days>(from);
  auto minute_of_day = floor<minutes>(from - date).count();
  for (;; date += days(1), minute_of_day = 0) {
    const year_month_day day(date);
    if (static_cast<int>(day.year()) > last_year) return std::nullopt;
    if (!has_year(day.year())) {
      date = local_days(day.year() / December / 31);
      continue;
    }
    if (!months_.test(static_cast<unsigned>(day.month()))) {
      date = local_days(day.year() / day.month() / last);
      continue;
    }
    if (!is_day(day)) continue;
    for (; minute_of_day < 24 * 60; ++minute_of_day) {
      if (!hours_.test(static_cast<std::size_t>(minute_of_day / 60))) {
        minute_of_day += 59 - minute_of_day % 60;
        continue;
      }
      if (!minutes_.test(static_cast<std::size_t>(minute_of_day % 60))) continue;
      const auto time = zone.when(LocalTime(date) + minutes(minute_of_day));
      if (time && *time > after) return time;
    }
  }
}

}  // namespace stepwell::schedule
