#include "engine/check/table_rules.h"

namespace stepwell::engine::check {

void check_effects(const Tables& tables, Report& report) {
  const ExecutionId id = tables.rebuilt.id;
  std::vector<Row> expected;
  for (const Scope* scope : open_scopes(tables)) {
    if (effect_pending(*scope)) expected.emplace_back(scope_key(id, scope->id), std::string());
  }
  compare(expected, rows(tables.store, Table::pending_effect, execution_key(id)), "the task of scope", report);
}

}  // namespace stepwell::engine::check
