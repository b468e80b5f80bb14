#include "server/wiring/parts.h"
#include "services/ecs/service.h"

namespace stepwell::server {

Result<void> open_ecs(NodeParts& parts) {
  auto service =
      std::make_unique<ecs::Service>(ecs::ServicePorts{.store = *parts.store,
                                                       .scheduler = parts.loop,
                                                       .clock = parts.clock,
                                                       .random = *parts.random,
                                                       .log = parts.log,
                                                       .directory = parts.directory,
                                                       .containers = *parts.containers,
                                                       .surroundings = [&parts] {
                                                         ecs::Surroundings told{.endpoint_url = parts.own_url,
                                                                                .access_key = "stepwell",
                                                                                .secret_key = "stepwell",
                                                                                .access = parts.directory.access()};
                                                         if (!parts.options.root_keys.empty()) {
                                                           told.access_key = parts.options.root_keys.front().id;
                                                           told.secret_key = parts.options.root_keys.front().secret;
                                                         }
                                                         return told;
                                                       }});
  parts.starts.emplace_back([tasks = service.get()] { return tasks->start(); });
  parts.directory.add(std::move(service));
  return {};
}

}  // namespace stepwell::server
