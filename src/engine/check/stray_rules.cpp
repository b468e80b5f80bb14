#include "engine/check/stray_rules.h"

namespace stepwell::engine::check {

const Execution* Owners::execution(ExecutionId id) {
  if (last_ == nullptr || last_->id != id) last_ = load(store_, payloads_, world_, id);
  return last_.get();
}

bool Owners::is_being_deleted(ExecutionId id) {
  if (!deleted_) {
    deleted_.emplace();
    for_each(store_, Table::ended_execution, [this](std::string_view key, std::string_view) {
      const auto ended = read_ended_key(key);
      if (ended && !exists(store_, Table::execution, execution_key(ended->execution)))
        deleted_->insert(ended->execution);
    });
  }
  return deleted_->contains(id);
}

void check_owned(Owners& owners, Table table, std::string_view what, Report& report) {
  for_each_owner(owners.store(), table, [&](ExecutionId id) {
    if (exists(owners.store(), Table::execution, execution_key(id)) || owners.is_being_deleted(id)) return;
    report.of(id, {});
    report.add(fmt::format("there are {} of it, and it is not there", what));
  });
}

}  // namespace stepwell::engine::check
