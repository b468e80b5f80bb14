#include "engine/check/stray_rules.h"

namespace stepwell::engine::check {

void check_stray_express(Owners& owners, Report& report) {
  for_each(owners.store(), Table::express_accepted, [&](std::string_view key, std::string_view value) {
    const auto id = read_execution_key(key);
    const auto accepted = decode_accepted(value);
    report.of(id.value_or(ExecutionId{}), accepted ? accepted->name : std::string());
    if (!id || !accepted) return report.add("the promise to run it cannot be read");
    if (owners.world().revision(accepted->machine_arn, accepted->revision_id) == nullptr) {
      report.add(fmt::format("its revision {} is gone", accepted->revision_id));
    }
  });
}

}  // namespace stepwell::engine::check
