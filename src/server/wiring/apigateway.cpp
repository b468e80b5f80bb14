#include "server/wiring/parts.h"
#include "services/apigateway/service.h"

namespace stepwell::server {

Result<void> open_apigateway(NodeParts& parts) {
  auto service =
      std::make_unique<apigateway::Service>(apigateway::ServicePorts{.store = *parts.store,
                                                                     .scheduler = parts.loop,
                                                                     .clock = parts.clock,
                                                                     .random = *parts.random,
                                                                     .log = parts.log,
                                                                     .directory = parts.directory,
                                                                     .client = parts.client,
                                                                     .own_url = [&parts] { return parts.own_url; }});
  parts.apis = &service->server();
  parts.http.use(*parts.apis);
  parts.directory.add(std::move(service));
  return {};
}

}  // namespace stepwell::server
