#include "lang/jsonata/picture/calendar.h"

#include <cmath>

namespace stepwell::jsonata {
namespace {

constexpr std::int64_t kDay = 86'400'000;
constexpr std::int64_t kDaysOf400Years = 146'097;
constexpr std::int64_t kDaysUpTo1970 = 719'468;  // from March 1st of the year 0

struct Date {
  std::int64_t year;
  int month;
  int day;
};

// Years are counted from March, so that the leap day is the last one.
std::int64_t days_of(std::int64_t year, int month, int day) {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * kDaysOf400Years + day_of_era - kDaysUpTo1970;
}

Date date_of(std::int64_t days) {
  days += kDaysUpTo1970;
  const std::int64_t era = (days >= 0 ? days : days - kDaysOf400Years + 1) / kDaysOf400Years;
  const std::int64_t day_of_era = days - era * kDaysOf400Years;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / (kDaysOf400Years - 1)) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted = (5 * day_of_year + 2) / 153;
  const int month = static_cast<int>(shifted < 10 ? shifted + 3 : shifted - 9);
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month,
          static_cast<int>(day_of_year - (153 * shifted + 2) / 5 + 1)};
}

}  // namespace

std::optional<CalendarTime> calendar_time(double millis) {
  if (!(std::abs(millis) <= kLatestMillis)) return std::nullopt;
  const auto whole = static_cast<std::int64_t>(std::trunc(millis));
  const std::int64_t days = (whole >= 0 ? whole : whole - kDay + 1) / kDay;
  const auto rest = static_cast<int>(whole - days * kDay);
  const Date date = date_of(days);
  const int weekday = static_cast<int>(((days + 3) % 7 + 7) % 7) + 1;
  const std::int64_t thursday = days + 4 - weekday;
  const Date week = date_of(thursday);
  return CalendarTime{.year = date.year,
                      .month = date.month,
                      .day = date.day,
                      .day_of_year = static_cast<int>(days - days_of(date.year, 1, 1)) + 1,
                      .weekday = weekday,
                      .hour = rest / 3'600'000,
                      .minute = rest / 60'000 % 60,
                      .second = rest / 1000 % 60,
                      .millisecond = rest % 1000,
                      .week_of_year = static_cast<int>(thursday - days_of(week.year, 1, 1)) / 7 + 1,
                      .week_of_month = (week.day - 1) / 7 + 1,
                      .week_year = week.year,
                      .week_month = week.month};
}

double millis_of(double year, double month, double day, double hour, double minute, double second, double millisecond) {
  if (!(std::abs(year) < 400'000) || !(std::abs(month) < 4'000'000)) return std::nan("");
  const double whole_year = year + std::floor((month - 1) / 12);
  const double whole_month = month - 1 - 12 * std::floor((month - 1) / 12) + 1;
  const auto days =
      static_cast<double>(days_of(static_cast<std::int64_t>(whole_year), static_cast<int>(whole_month), 1));
  const double millis =
      (days + day - 1) * static_cast<double>(kDay) + hour * 3'600'000 + minute * 60'000 + second * 1000 + millisecond;
  return std::abs(millis) <= kLatestMillis ? millis : std::nan("");
}

}  // namespace stepwell::jsonata
