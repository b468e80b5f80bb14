// IAM and STS: who calls, and what they may do.

#include "server/wiring/parts.h"
#include "services/iam/service.h"
#include "services/sts/service.h"

namespace stepwell::server {

Result<void> open_access(NodeParts& parts) {
  TRY_ASSIGN(auto service, iam::Service::open({.store = *parts.store,
                                               .scheduler = parts.loop,
                                               .clock = parts.clock,
                                               .root_keys = parts.options.root_keys,
                                               .enforcement = parts.options.enforcement}));
  directory::AccessControl& access = service->access();
  parts.directory.control(access);
  parts.directory.add(std::move(service));
  parts.directory.add(std::make_unique<sts::Service>(parts.clock, access));
  return {};
}

}  // namespace stepwell::server
