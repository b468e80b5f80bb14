#include "server/wiring/parts.h"
#include "services/batch/service.h"

namespace stepwell::server {

Result<void> open_batch(NodeParts& parts) {
  batch::ServicePorts ports{.store = *parts.store,
                            .scheduler = parts.loop,
                            .clock = parts.clock,
                            .random = *parts.random,
                            .log = parts.log,
                            .directory = parts.directory,
                            .containers = *parts.containers,
                            .endpoint_url = [&parts] { return parts.own_url; }};
  if (!parts.options.root_keys.empty()) {
    ports.access_key = parts.options.root_keys.front().id;
    ports.secret_key = parts.options.root_keys.front().secret;
  }
  auto service = std::make_unique<batch::Service>(std::move(ports));
  parts.starts.emplace_back([jobs = service.get()] { return jobs->start(); });
  parts.directory.add(std::move(service));
  return {};
}

}  // namespace stepwell::server
