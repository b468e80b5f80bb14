#include "services/ecs/operations/support.h"

namespace stepwell::ecs {

// One of that name that is there is answered as it is, as on AWS.
Task<Result<wire::Reply>> create_cluster(Ecs& ecs, wire::Call& call) {
  const std::string name(call.text("clusterName").empty() ? "default" : call.text("clusterName"));
  if (!is_name(name)) co_return fail(errors::invalid("Invalid cluster name."));
  const auto lock = co_await ecs.book.changes().lock();
  const ClusterPlace place{.home = home_of(call), .name = name};
  CO_TRY_ASSIGN(auto cluster, ecs.book.find_cluster(place));
  if (!cluster) {
    const json::Value document = json::pick(call.arena, call.input,
                                            {"tags", "settings", "configuration", "capacityProviders",
                                             "defaultCapacityProviderStrategy", "serviceConnectDefaults"});
    cluster = Cluster{.place = place, .document = json::print(document)};
    store::Batch batch;
    Book::put(*cluster, batch);
    CO_TRY(co_await ecs.book.commit(std::move(batch)));
  }
  const Included all{.tags = true, .settings = true, .configurations = true};
  co_return reply_with(call, "cluster", show(call.arena, *cluster, ecs.lives.counts(place), all));
}

}  // namespace stepwell::ecs
