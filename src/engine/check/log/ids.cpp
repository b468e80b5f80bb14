#include "engine/check/log_rules.h"

#include <fmt/format.h>

namespace stepwell::engine::check {

void check_ids(const Log& log, Report& report) {
  EventId next_id = 1;
  Serial next_serial = 1;
  for (const Event& event : log.events) {
    if (event.serial != next_serial) {
      report.add(event.id, fmt::format("it stands at place {} of the log, not {}", event.serial, next_serial));
    }
    next_serial = event.serial + 1;
    if (is_internal(event.type)) continue;
    if (event.id != next_id) report.add(event.id, fmt::format("{} has no id {}", name_of(event), next_id));
    next_id = event.id + 1;
  }
}

}  // namespace stepwell::engine::check
