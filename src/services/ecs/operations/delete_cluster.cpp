#include "services/ecs/operations/support.h"

namespace stepwell::ecs {

Task<Result<wire::Reply>> delete_cluster(Ecs& ecs, wire::Call& call) {
  const auto lock = co_await ecs.book.changes().lock();
  CO_TRY_ASSIGN(const Cluster cluster, find_cluster(ecs, call));
  if (ecs.lives.has_any_in(cluster.place)) {
    co_return fail(
        errors::make("ClusterContainsTasksException", "The Cluster cannot be deleted while Tasks are active."));
  }
  store::Batch batch;
  batch.erase(store::Table::ecs_cluster, key_of(cluster.place));
  CO_TRY(co_await ecs.book.commit(std::move(batch)));
  const json::Value shown =
      json::with(call.arena, show(call.arena, cluster, {}, {}), {{"status", json::Value::string("INACTIVE")}});
  co_return reply_with(call, "cluster", shown);
}

}  // namespace stepwell::ecs
