#include "engine/check/table_rules.h"

namespace stepwell::engine::check {

void check_queues(const Tables& tables, Report& report) {
  for (const Scope* scope : open_scopes(tables)) {
    const bool waits =
        scope->waiting == Waiting::task && scope->task.kind == TaskKind::activity && !scope->task.started;
    const auto stored = stored_scope(tables.store, tables.rebuilt.id, scope->id, tables.rebuilt.arena);
    const std::string key = stored ? stored->stored.queue_key : std::string();
    if (!waits) {
      if (!key.empty()) report.add(fmt::format("scope {} has a place in a queue and no task for it", scope->id));
      continue;
    }
    const TaskRef task{.execution = tables.rebuilt.id, .scope = scope->id, .scheduled = scope->task.scheduled};
    const asl::Resource& resource = *tables.rebuilt.state_of(*scope).resource();
    const bool right = key.starts_with(queue_prefix(resource.arn)) && read_queue_key(key) == task;
    if (!right || !exists(tables.store, Table::activity_queue, key)) {
      report.add(scope->task.scheduled, "the task is in no queue");
    }
  }
}

}  // namespace stepwell::engine::check
