#include "server/wiring/parts.h"
#include "services/events/service.h"

namespace stepwell::server {

Result<void> open_events(NodeParts& parts) {
  TRY_ASSIGN(auto service, events::Service::open({.store = *parts.store,
                                                  .scheduler = parts.loop,
                                                  .clock = parts.clock,
                                                  .random = *parts.random,
                                                  .log = parts.log,
                                                  .client = parts.client,
                                                  .deliveries = *parts.deliveries}));
  parts.connections = &service->connections();
  parts.deliveries->use(*parts.connections);
  parts.starts.emplace_back([events = service.get()] { return events->start(); });
  parts.directory.add(std::move(service));
  return {};
}

}  // namespace stepwell::server
