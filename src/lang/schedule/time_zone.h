#pragma once
// A time zone: from the wall's clock to the world's and back, by the rules of a compiled zone file (TZif, RFC 8536).
// Whoever has files reads them; here are bytes.

#include "base/time.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace stepwell::schedule {

// What a clock on the wall shows, in milliseconds.
using LocalTime = std::chrono::local_time<std::chrono::milliseconds>;

// The rule for the years behind the last transition of the file: two offsets, and when one gives way to the other.
struct YearlyRule {
  // Mm.w.d, Jn or n of POSIX, and the seconds of the day.
  struct Change {
    enum class Kind : std::uint8_t { month_week_day, day_without_leap, day } kind = Kind::month_week_day;
    int month = 0, week = 0, day = 0;
    std::chrono::seconds at{7200};
  };
  std::chrono::seconds standard{0}, summer{0};   // east of Greenwich
  std::optional<Change> to_summer, to_standard;  // both or neither
};

class TimeZone {
 public:
  TimeZone() = default;  // UTC
  // nullopt: no zone file.
  static std::optional<TimeZone> parse(std::string_view bytes);

  LocalTime local(Timestamp time) const;
  // The first time at which the clock shows that; nullopt where it is never shown, since clocks are put forward over
  // it.
  std::optional<Timestamp> when(LocalTime local) const;

 private:
  struct Transition {
    std::chrono::sys_seconds at;
    std::chrono::seconds offset;
  };
  std::chrono::seconds offset_at(std::chrono::sys_seconds time) const;

  std::chrono::seconds first_{0};  // before the first transition
  std::vector<Transition> transitions_;
  YearlyRule after_;
};

// A rule in the form of POSIX: CET-1CEST,M3.5.0,M10.5.0/3. nullopt: there is none.
std::optional<YearlyRule> parse_rule(std::string_view text);
std::chrono::seconds offset_at(const YearlyRule& rule, std::chrono::sys_seconds time);

}  // namespace stepwell::schedule
