#include "server/wiring/parts.h"
#include "services/scheduler/service.h"

namespace stepwell::server {

Result<void> open_scheduler(NodeParts& parts) {
  auto service = std::make_unique<scheduler::Service>(scheduler::ServicePorts{.store = *parts.store,
                                                                              .scheduler = parts.loop,
                                                                              .clock = parts.clock,
                                                                              .random = *parts.random,
                                                                              .log = parts.log,
                                                                              .zones = parts.zones,
                                                                              .directory = parts.directory,
                                                                              .deliveries = *parts.deliveries});
  parts.starts.emplace_back([schedules = service.get()] { return schedules->start(); });
  parts.directory.add(std::move(service));
  return {};
}

}  // namespace stepwell::server
