#include "server/wiring/parts.h"
#include "services/sqs/service.h"

namespace stepwell::server {

Result<void> open_sqs(NodeParts& parts) {
  TRY_ASSIGN(auto service, sqs::Service::open({.store = *parts.store,
                                               .scheduler = parts.loop,
                                               .clock = parts.clock,
                                               .random = *parts.random,
                                               .log = parts.log,
                                               .endpoint_url = [&parts] { return parts.own_url; }}));
  parts.directory.add(std::move(service));
  return {};
}

}  // namespace stepwell::server
