#include "engine/check/stray_rules.h"

namespace stepwell::engine::check {

void check_stray_ended(Owners& owners, Report& report) {
  for_each(owners.store(), Table::ended_execution, [&](std::string_view key, std::string_view) {
    const auto ended = read_ended_key(key);
    if (!ended) unreadable("an execution's end");
    const auto record = read_record(owners.store(), ended->execution);
    if (!record) return;  // it is being deleted; the last of its rows takes this one along
    if (record->status != Status::running && record->stopped == ended->stopped) return;
    report.of(ended->execution, record->name);
    report.add(fmt::format("it has a place in the order of the ends at {}", format_rfc3339(ended->stopped)));
  });
}

}  // namespace stepwell::engine::check
