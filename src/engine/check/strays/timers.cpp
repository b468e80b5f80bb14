#include "engine/check/stray_rules.h"

namespace stepwell::engine::check {

void check_stray_timers(Owners& owners, Report& report) {
  for_each(owners.store(), Table::timer, [&](std::string_view key, std::string_view) {
    const auto timer = read_timer_key(key);
    if (!timer) unreadable("a timer");
    const Execution* execution = owners.execution(timer->execution);
    const auto timers = execution ? timers_of(*execution) : std::vector<TimerEntry>();
    if (std::ranges::find(timers, *timer) != timers.end()) return;
    report.of(timer->execution, execution ? execution->name : std::string());
    report.add(fmt::format("there is a timer of scope {} for {}, which nothing waits for", timer->scope,
                           format_rfc3339(timer->due)));
  });
}

}  // namespace stepwell::engine::check
