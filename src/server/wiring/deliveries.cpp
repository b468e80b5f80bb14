#include "server/wiring/parts.h"

namespace stepwell::server {

Result<void> open_deliveries(NodeParts& parts) {
  parts.deliveries =
      std::make_unique<deliveries::Deliveries>(deliveries::Deliveries::Ports{.store = *parts.store,
                                                                             .scheduler = parts.loop,
                                                                             .clock = parts.clock,
                                                                             .random = *parts.random,
                                                                             .log = parts.log,
                                                                             .directory = parts.directory,
                                                                             .client = parts.http});
  parts.starts.emplace_back([&parts] { return parts.deliveries->start(); });
  return {};
}

}  // namespace stepwell::server
