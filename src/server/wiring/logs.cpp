#include "server/wiring/parts.h"
#include "services/logs/service.h"

namespace stepwell::server {

Result<void> open_logs(NodeParts& parts) {
  parts.directory.add(std::make_unique<logs::Service>(logs::ServicePorts{.store = *parts.store,
                                                                         .scheduler = parts.loop,
                                                                         .clock = parts.clock,
                                                                         .random = *parts.random,
                                                                         .log = parts.log}));
  return {};
}

}  // namespace stepwell::server
