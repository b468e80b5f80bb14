#include "engine/check/stray_rules.h"

namespace stepwell::engine::check {

void check_stray_lists(Owners& owners, Report& report) {
  for_each(owners.store(), Table::execution_list, [&](std::string_view key, std::string_view value) {
    const auto place = read_list_key(key);
    const auto entry = place ? read_list_entry(*place, value) : std::nullopt;
    if (!entry) unreadable("a list of executions");
    const auto record = read_record(owners.store(), entry->id);
    const bool in_it = record && (record->machine_arn == place->list || record->version_arn == place->list ||
                                  record->alias_arn == place->list);
    const bool right = in_it && record->status == entry->status && record->started == entry->started;
    if (right) return;
    report.of(entry->id, entry->name);
    report.add(fmt::format("it is listed as {}, which it is not", name_of(entry->status)));
  });
}

}  // namespace stepwell::engine::check
