#include "services/ecs/operations/support.h"

namespace stepwell::ecs {

Task<Result<wire::Reply>> stop_task(Ecs& ecs, wire::Call& call) {
  CO_TRY_ASSIGN(const Cluster cluster, find_cluster(ecs, call));
  CO_TRY_ASSIGN(auto task, find_task(ecs, cluster.place, call.text("task")));
  if (!task) co_return fail(errors::task_not_found());
  if (const auto life = ecs.lives.find(task->place.id)) {
    CO_TRY(co_await life->stop(std::string(call.text("reason"))));
    task = life->task();
  }
  co_return reply_with(call, "task", show(call.arena, *task));
}

}  // namespace stepwell::ecs
