#include "services/ecs/operations/support.h"

namespace stepwell::ecs {

Task<Result<wire::Reply>> update_cluster(Ecs& ecs, wire::Call& call) {
  const auto lock = co_await ecs.book.changes().lock();
  CO_TRY_ASSIGN(Cluster cluster, find_cluster(ecs, call));
  const json::Value given = json::pick(call.arena, call.input, {"settings", "configuration", "serviceConnectDefaults"});
  cluster.document = json::print(json::with(call.arena, read(call.arena, cluster.document), given.members()));
  store::Batch batch;
  Book::put(cluster, batch);
  CO_TRY(co_await ecs.book.commit(std::move(batch)));
  const Included all{.tags = true, .settings = true, .configurations = true};
  co_return reply_with(call, "cluster", show(call.arena, cluster, ecs.lives.counts(cluster.place), all));
}

}  // namespace stepwell::ecs
