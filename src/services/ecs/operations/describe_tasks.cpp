#include "services/ecs/operations/support.h"

namespace stepwell::ecs {

Task<Result<wire::Reply>> describe_tasks(Ecs& ecs, wire::Call& call) {
  CO_TRY_ASSIGN(const Cluster cluster, find_cluster(ecs, call));
  const bool with_tags = includes(call, "TAGS");
  std::vector<json::Value> tasks, failures;
  for (const json::Value& text : json::elements_of(call.input, "tasks")) {
    CO_TRY_ASSIGN(const auto task, find_task(ecs, cluster.place, text.as_string()));
    if (!task) {
      const TaskPlace place{.cluster = cluster.place, .id = task_id(text.as_string())};
      failures.push_back(failure(call.arena, place.arn(), "MISSING"));
      continue;
    }
    const json::Value tags = with_tags ? read_tags(call.arena, task->tags) : json::make_array(call.arena, {});
    tasks.push_back(json::with(call.arena, show(call.arena, *task), {{"tags", tags}}));
  }
  co_return reply_with(json::ObjectBuilder(call.arena)
                           .add("tasks", json::make_array(call.arena, tasks))
                           .add("failures", json::make_array(call.arena, failures))
                           .build());
}

}  // namespace stepwell::ecs
