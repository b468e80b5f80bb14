#pragma once
// Milliseconds since 1970 in UTC taken apart, in the Gregorian calendar of all times, and put together. Years reach as
// far as ECMAScript's.

#include <cstdint>
#include <optional>

namespace stepwell::jsonata {

inline constexpr double kLatestMillis = 8.64e15;

struct CalendarTime {
  std::int64_t year;
  int month;        // 1 to 12
  int day;          // 1 to 31
  int day_of_year;  // 1 to 366
  int weekday;      // 1 Monday to 7 Sunday
  int hour;
  int minute;
  int second;
  int millisecond;
  // Weeks begin with Monday and belong to the year and month in which their Thursday lies.
  int week_of_year;
  int week_of_month;
  std::int64_t week_year;
  int week_month;
};

// nullopt: out of reach
std::optional<CalendarTime> calendar_time(double millis);

// Fields may be outside their usual range: February 31st is March 3rd.
double millis_of(double year, double month, double day, double hour, double minute, double second, double millisecond);

}  // namespace stepwell::jsonata
