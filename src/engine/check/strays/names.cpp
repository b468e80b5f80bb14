#include "engine/check/stray_rules.h"

namespace stepwell::engine::check {

void check_stray_names(Owners& owners, Report& report) {
  for_each(owners.store(), Table::execution_name, [&](std::string_view key, std::string_view value) {
    const auto id = read_execution_key(value);
    if (!id) unreadable("an execution's name");
    const auto record = read_record(owners.store(), *id);
    if (record && name_key(record->machine_arn, record->name) == key) return;
    report.of(*id, record ? record->name : std::string());
    report.add("a name leads to it that it does not have");
  });
}

}  // namespace stepwell::engine::check
