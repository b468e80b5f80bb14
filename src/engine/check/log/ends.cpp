#include "engine/check/log_rules.h"

#include <fmt/format.h>

namespace stepwell::engine::check {

void check_ends(const Log& log, Report& report) {
  const Event* end = nullptr;
  bool begun = false;
  for (const Event& event : log.events) {
    const Role role = role_of(event.type);
    if (!begun && role != Role::begun) report.add(event.id, fmt::format("{} comes first", name_of(event)));
    if (begun && role == Role::begun) report.add(event.id, "the execution begins once more");
    begun = true;
    if (role == Role::redriven) {
      if (end == nullptr) report.add(event.id, "an execution that has not ended is taken up again");
      end = nullptr;
    } else if (end != nullptr) {
      report.add(event.id, fmt::format("{} comes after {}", name_of(event), name_of(*end)));
    }
    if (role == Role::ended) end = &event;
  }
  if (!begun) report.add("the log is empty");
}

}  // namespace stepwell::engine::check
