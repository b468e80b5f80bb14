#include "engine/check/table_rules.h"

namespace stepwell::engine::check {
namespace {

std::optional<NestedExecution> nested(store::Store& store, NestedRow row, const TaskRef& task) {
  const std::string key = nested_key(row, task);
  const auto value = read(store, Table::nested_execution, key);
  return value ? read_nested(key, *value) : std::nullopt;
}

// A task that waits must be able to hear of the end.
void check_waiter(const Tables& tables, const TaskRef& task, bool submitted, Report& report) {
  const auto waiting = nested(tables.store, NestedRow::waiting, task);
  if (!waiting) {
    const bool works = exists(tables.store, Table::nested_execution, nested_key(NestedRow::work, task));
    if (submitted && !works) report.add(task.scheduled, "nobody knows which execution the task waits for");
    return;
  }
  const auto record = read_record(tables.store, waiting->execution);
  if (!record) return report.add(task.scheduled, "the execution that the task waits for is gone");
  const bool ended = record->status != Status::running;
  if (ended && !nested(tables.store, NestedRow::ended, task)) {
    report.add(task.scheduled, "the execution that the task waits for has ended, and the task would not be told");
  }
}

// Whoever is noted in the record as waiting is noted in the table, as long as he waits.
void check_starter(const Tables& tables, const Starter& starter, Report& report) {
  json::Arena arena;
  const auto scope = stored_scope(tables.store, starter.task.execution, starter.task.scope, arena);
  const bool waits = scope && scope->waiting == Waiting::task && scope->task.scheduled == starter.task.scheduled;
  if (!waits) return;
  const auto waiting = nested(tables.store, NestedRow::waiting, starter.task);
  if (!waiting || waiting->execution != tables.rebuilt.id) report.add("the task that waits for its end is not noted");
}

}  // namespace

void check_nested(const Tables& tables, Report& report) {
  for (const Scope* scope : open_scopes(tables)) {
    const EventId awaits = tables.rebuilt.awaits(*scope);
    if (awaits != 0)
      check_waiter(tables, {.execution = tables.rebuilt.id, .scope = scope->id, .scheduled = awaits},
                   scope->task.submitted, report);
  }
  for (const Starter& starter : tables.record.starters) {
    if (starter.waits()) check_starter(tables, starter, report);
  }
}

}  // namespace stepwell::engine::check
