#include "engine/check/log_rules.h"

#include <fmt/format.h>

namespace stepwell::engine::check {

void check_clock(const Log& log, Report& report) {
  for (std::size_t i = 1; i < log.events.size(); ++i) {
    const Duration back = log.events[i - 1].at - log.events[i].at;
    if (back > Duration{0}) {
      report.add(log.events[i].id,
                 fmt::format("{} is {} ms older than the event before it", name_of(log.events[i]), back.count()));
    }
  }
}

}  // namespace stepwell::engine::check
