#include "services/ecs/operations/support.h"

namespace stepwell::ecs {

Task<Result<wire::Reply>> list_clusters(Ecs& ecs, wire::Call& call) {
  CO_TRY_ASSIGN(Page page, Page::of(call));
  CO_TRY(ecs.book.visit_clusters(home_of(call), page.after(), [&](const Cluster& cluster) {
    return page.add(call.arena, key_of(cluster.place), cluster.place.arn());
  }));
  co_return page.reply(call, "clusterArns");
}

}  // namespace stepwell::ecs
