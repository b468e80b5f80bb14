#include "services/ecs/operations/support.h"

namespace stepwell::ecs {

Task<Result<wire::Reply>> describe_clusters(Ecs& ecs, wire::Call& call) {
  const Included included{.tags = includes(call, "TAGS"),
                          .settings = includes(call, "SETTINGS"),
                          .configurations = includes(call, "CONFIGURATIONS")};
  std::vector<std::string_view> names;
  for (const json::Value& name : json::elements_of(call.input, "clusters")) names.push_back(name.as_string());
  if (names.empty()) names.emplace_back("default");
  std::vector<json::Value> clusters, failures;
  for (const std::string_view name : names) {
    const ClusterPlace place{.home = home_of(call), .name = cluster_name(name)};
    CO_TRY_ASSIGN(const auto cluster, ecs.book.find_cluster(place));
    if (cluster) {
      clusters.push_back(show(call.arena, *cluster, ecs.lives.counts(place), included));
    } else {
      failures.push_back(failure(call.arena, place.arn(), "MISSING"));
    }
  }
  co_return reply_with(json::ObjectBuilder(call.arena)
                           .add("clusters", json::make_array(call.arena, clusters))
                           .add("failures", json::make_array(call.arena, failures))
                           .build());
}

}  // namespace stepwell::ecs
