#include "engine/check/stray_rules.h"
#include "store/codec.h"

namespace stepwell::engine::check {

void check_stray_lists(Owners& owners, Report& report) {
  for_each(owners.store(), Table::execution_list, [&](std::string_view key, std::string_view value) {
    const std::string machine_arn = store::KeyReader(key).text();
    const auto entry = read_list_entry(machine_arn, key, value);
    if (!entry) unreadable("a list of executions");
    const auto record = read_record(owners.store(), entry->id);
    const bool right = record && record->machine_arn == machine_arn && record->status == entry->status &&
                       record->started == entry->started;
    if (right) return;
    report.of(entry->id, entry->name);
    report.add(fmt::format("it is listed as {}, which it is not", name_of(entry->status)));
  });
}

}  // namespace stepwell::engine::check
