#include "engine/check/stray_rules.h"

namespace stepwell::engine::check {

void check_stray_queues(Owners& owners, Report& report) {
  for_each(owners.store(), Table::activity_queue, [&](std::string_view key, std::string_view) {
    const auto task = read_queue_key(key);
    if (!task) unreadable("an activity task");
    const Execution* execution = owners.execution(task->execution);
    const auto scope = execution ? execution->scopes.find(task->scope) : decltype(execution->scopes.end())();
    if (execution != nullptr && scope != execution->scopes.end() && scope->second->stored.queue_key == key) return;
    report.of(task->execution, execution ? execution->name : std::string());
    report.add(task->scheduled, "the task is in a queue and does not wait for a worker");
  });
}

}  // namespace stepwell::engine::check
