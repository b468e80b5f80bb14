#include "services/ecs/operations/support.h"

namespace stepwell::ecs {
namespace {

bool is_wanted(const wire::Call& call, const ClusterPlace& cluster, const TaskRecord& task) {
  const std::string_view desired = call.has("desiredStatus") ? call.text("desiredStatus") : "RUNNING";
  if (task.place.cluster != cluster || name_of(task.desired) != desired) return false;
  // No task belongs to a service or a container instance here.
  if (call.has("serviceName") || call.has("containerInstance")) return false;
  json::Arena arena;
  const json::Value shown = read(arena, task.shown);
  for (const std::string_view member : {"startedBy", "launchType"}) {
    if (call.has(member) && json::text_of(shown, member) != call.text(member)) return false;
  }
  if (!call.has("family")) return true;
  const auto definition = definition_place(cluster.home, task.definition_arn);
  return definition && definition->family == call.text("family");
}

}  // namespace

Task<Result<wire::Reply>> list_tasks(Ecs& ecs, wire::Call& call) {
  CO_TRY_ASSIGN(const Cluster cluster, find_cluster(ecs, call));
  CO_TRY_ASSIGN(Page page, Page::of(call));
  CO_TRY(ecs.book.visit_tasks(cluster.place.home, page.after(), [&](const TaskRecord& task) {
    return !is_wanted(call, cluster.place, task) ||
           page.add(call.arena, task_key(cluster.place.home, task.place.id), task.place.arn());
  }));
  co_return page.reply(call, "taskArns");
}

}  // namespace stepwell::ecs
