#pragma once
// When something is to happen: rate(5 minutes), cron(0 12 * * ? *), at(2030-01-31T08:00:00).
//
// A rate counts from a start that is handed in; cron and at follow the clock of a time zone.

#include "lang/schedule/cron.h"
#include "lang/schedule/time_zone.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

namespace stepwell::schedule {

enum class Dialect : std::uint8_t {
  rule,      // of EventBridge: rate and cron; one is 1 minute, several are 5 minutes
  schedule,  // of EventBridge Scheduler: at, too
};

struct Rate {
  Duration every;
};
struct At {
  LocalTime time;
};
using Expression = std::variant<Rate, Cron, At>;

// nullopt: that is no such expression.
std::optional<Expression> parse(std::string_view text, Dialect dialect);

// The first time behind `after` (for a rate: the first one at `start` or behind it); nullopt: there is none.
std::optional<Timestamp> next(const Expression& expression, Timestamp start, Timestamp after, const TimeZone& zone);

// Any of the times in the window that begins when something is due, by chance.
Timestamp within_window(Timestamp due, Duration window, std::uint64_t chance);

}  // namespace stepwell::schedule
