#pragma once
// cron(minutes hours day-of-month month day-of-week year), as EventBridge has it: values, ranges, steps, lists, names
// of months and days, ? L W #. Of the two days one is ?, and only one.

#include "lang/schedule/time_zone.h"

#include <bitset>
#include <chrono>
#include <optional>
#include <string_view>

namespace stepwell::schedule {

class Cron {
 public:
  // What is between the brackets; nullopt: that is no such expression.
  static std::optional<Cron> parse(std::string_view text);

  // The first time behind `after`. A time that the clock never shows, since it is put forward, is left out; of one that
  // it shows twice the first counts. nullopt: there is none up to the year 2199.
  std::optional<Timestamp> next(Timestamp after, const TimeZone& zone) const;

 private:
  // One of the two days.
  struct MonthDays {
    std::bitset<32> days;
    std::bitset<32> nearest_weekdays;  // 15W
    bool last = false;                 // L
    bool last_weekday = false;         // LW
  };
  struct WeekDays {
    std::bitset<8> days;           // 1 is Sunday
    std::bitset<8> last_of_month;  // 5L
    std::bitset<48> nth_of_month;  // 3#2: day × 6 + which
  };
  static constexpr int first_year = 1970, last_year = 2199;

  bool read_month_days(std::string_view text);
  bool read_week_days(std::string_view text);
  bool has_year(std::chrono::year year) const;
  bool is_day(std::chrono::year_month_day day) const;

  std::bitset<60> minutes_;
  std::bitset<24> hours_;
  std::bitset<13> months_;
  std::bitset<last_year - first_year + 1> years_;
  MonthDays month_days_;
  WeekDays week_days_;
};

}  // namespace stepwell::schedule
