#pragma once
// The proleptic Gregorian calendar in days since 1970-01-01, with a year 0 before the year 1, and the weeks of ISO
// 8601. Unlike std::chrono's, its years are not bounded to ±32767.

#include <cstdint>

namespace stepwell::jsonata {

inline constexpr std::int64_t kMillisecondsPerDay = 86'400'000;
// What is further from 1970 is no time (ECMA-262 §21.4.1.1).
inline constexpr std::int64_t kMaxMilliseconds = 100'000'000 * kMillisecondsPerDay;

struct CalendarDate {
  std::int64_t year;
  std::int64_t month;  // 1 to 12
  std::int64_t day;    // 1 to 31
};

CalendarDate date_of(std::int64_t days);

// Months and days may be any number: they go on into the years and months around.
std::int64_t days_of(const CalendarDate& date);

// A point in time as a calendar and a clock show it.
struct DateFields {
  std::int64_t days;
  CalendarDate date;
  std::int64_t hour;
  std::int64_t minute;
  std::int64_t second;
  std::int64_t millisecond;

  static DateFields at(std::int64_t milliseconds);

  std::int64_t day_of_year() const;
  std::int64_t weekday() const;  // 1: Monday
  // A week belongs to the year and to the month that its Thursday is in.
  CalendarDate thursday() const;
  std::int64_t week_of_year() const;
  std::int64_t week_of_month() const;
};

}  // namespace stepwell::jsonata
