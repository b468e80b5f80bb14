#include "engine/check/table_rules.h"

namespace stepwell::engine::check {

void check_scope_records(const Tables& tables, Report& report) {
  const ExecutionId id = tables.rebuilt.id;
  std::vector<Row> expected;
  for (Scope* scope : open_scopes(tables)) {
    // Where its task stands in a queue is no event; the rule `queues` looks at it.
    const auto stored = stored_scope(tables.store, id, scope->id, tables.rebuilt.arena);
    if (stored != nullptr) scope->stored.queue_key = stored->stored.queue_key;
    expected.emplace_back(scope_key(id, scope->id), encode(*scope, tables.rebuilt.arena));
  }
  compare(expected, rows(tables.store, Table::scope, execution_key(id)), "scope", report);
}

}  // namespace stepwell::engine::check
