#include "engine/check/table_rules.h"

namespace stepwell::engine::check {

void check_timers(const Tables& tables, Report& report) {
  for (const TimerEntry& timer : timers_of(tables.rebuilt)) {
    if (exists(tables.store, Table::timer, timer_key(timer))) continue;
    report.add(fmt::format("scope {} has no timer for {}", timer.scope, format_rfc3339(timer.due)));
  }
}

}  // namespace stepwell::engine::check
