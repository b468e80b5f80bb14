#include "lang/jsonata/picture/calendar.h"

namespace stepwell::jsonata {
namespace {

// The calendar repeats itself after 400 years. Years are counted from March, so that February's end is the year's.
constexpr std::int64_t kYearsPerEra = 400;
constexpr std::int64_t kDaysPerEra = 146'097;
constexpr std::int64_t kDaysPerCentury = 36'524;
constexpr std::int64_t kDaysPerFourYears = 1'461;
constexpr std::int64_t kEpoch = 719'468;  // days from 0000-03-01 to 1970-01-01

constexpr std::int64_t floor_divide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

// Days from March 1st to the first of the month that is `month` months behind March: five months take 153 days.
constexpr std::int64_t days_before(std::int64_t month) { return (153 * month + 2) / 5; }

}  // namespace

CalendarDate date_of(std::int64_t days) {
  days += kEpoch;
  const std::int64_t era = floor_divide(days, kDaysPerEra);
  const std::int64_t day_of_era = days - era * kDaysPerEra;
  const std::int64_t leap_days =
      day_of_era / (kDaysPerFourYears - 1) - day_of_era / kDaysPerCentury + day_of_era / (kDaysPerEra - 1);
  const std::int64_t year = (day_of_era - leap_days) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year + year / 4 - year / 100);
  const std::int64_t month = (5 * day_of_year + 2) / 153;
  const bool is_next_year = month >= 10;
  return {.year = era * kYearsPerEra + year + (is_next_year ? 1 : 0),
          .month = is_next_year ? month - 9 : month + 3,
          .day = day_of_year - days_before(month) + 1};
}

std::int64_t days_of(const CalendarDate& date) {
  const std::int64_t months = date.year * 12 + date.month - 3;
  const std::int64_t year = floor_divide(months, 12);
  const std::int64_t era = floor_divide(year, kYearsPerEra);
  const std::int64_t year_of_era = year - era * kYearsPerEra;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + days_before(months - year * 12) + date.day - 1;
  return era * kDaysPerEra + day_of_era - kEpoch;
}

DateFields DateFields::at(std::int64_t milliseconds) {
  const std::int64_t days = floor_divide(milliseconds, kMillisecondsPerDay);
  const std::int64_t clock = milliseconds - days * kMillisecondsPerDay;
  return {.days = days,
          .date = date_of(days),
          .hour = clock / 3'600'000,
          .minute = clock / 60'000 % 60,
          .second = clock / 1000 % 60,
          .millisecond = clock % 1000};
}

std::int64_t DateFields::day_of_year() const { return days - days_of({date.year, 1, 1}) + 1; }

// 1970-01-01 was a Thursday.
std::int64_t DateFields::weekday() const { return days + 3 - floor_divide(days + 3, 7) * 7 + 1; }

CalendarDate DateFields::thursday() const { return date_of(days + 4 - weekday()); }

std::int64_t DateFields::week_of_year() const {
  const CalendarDate thursday_date = thursday();
  return (days_of(thursday_date) - days_of({thursday_date.year, 1, 1})) / 7 + 1;
}

std::int64_t DateFields::week_of_month() const { return (thursday().day - 1) / 7 + 1; }

}  // namespace stepwell::jsonata
