// Services that calls are sent to elsewhere.

#include "server/endpoints.h"

#include "server/wiring/parts.h"

namespace stepwell::server {

Result<void> open_endpoints(NodeParts& parts) {
  const Environment environment = process_environment();
  for (const EndpointOptions& endpoint : parts.options.endpoints) {
    TRY_ASSIGN(auto service, make_endpoint(endpoint, environment, parts.client, parts.clock));
    parts.directory.add(std::move(service));
  }
  return {};
}

}  // namespace stepwell::server
