#include "engine/check/stray_rules.h"

namespace stepwell::engine::check {

const Execution* Owners::execution(ExecutionId id) {
  if (last_ == nullptr || last_->id != id) last_ = load(store_, payloads_, world_, id);
  return last_.get();
}

void check_owned(Owners& owners, Table table, std::string_view what, Report& report) {
  for_each_owner(owners.store(), table, [&](ExecutionId id) {
    if (exists(owners.store(), Table::execution, execution_key(id))) return;
    report.of(id, {});
    report.add(fmt::format("there are {} of it, and it is not there", what));
  });
}

}  // namespace stepwell::engine::check
