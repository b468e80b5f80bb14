#include "server/wiring/parts.h"
#include "services/sns/service.h"

namespace stepwell::server {

Result<void> open_sns(NodeParts& parts) {
  auto service = std::make_unique<sns::Service>(sns::ServicePorts{.store = *parts.store,
                                                                  .scheduler = parts.loop,
                                                                  .clock = parts.clock,
                                                                  .random = *parts.random,
                                                                  .log = parts.log,
                                                                  .deliveries = *parts.deliveries,
                                                                  .own_url = [&parts] { return parts.own_url; }});
  parts.sns = service.get();
  parts.directory.add(std::move(service));
  return {};
}

}  // namespace stepwell::server
