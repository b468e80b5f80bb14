#include "engine/check/stray_rules.h"
#include "store/codec.h"

namespace stepwell::engine::check {

void check_stray_lists(Owners& owners, Report& report) {
  for_each(owners.store(), Table::execution_list, [&](std::string_view key, std::string_view value) {
    const std::string list = store::KeyReader(key).text();
    const auto entry = read_list_entry(list, key, value);
    if (!entry) unreadable("a list of executions");
    const auto record = read_record(owners.store(), entry->id);
    const bool in_it =
        record && (record->machine_arn == list || record->version_arn == list || record->alias_arn == list);
    const bool right = in_it && record->status == entry->status && record->started == entry->started;
    if (right) return;
    report.of(entry->id, entry->name);
    report.add(fmt::format("it is listed as {}, which it is not", name_of(entry->status)));
  });
}

}  // namespace stepwell::engine::check
