#include "server/wiring/parts.h"
#include "services/lambda/service.h"

#include <cstdlib>
#include <unistd.h>

#include <fmt/format.h>

namespace stepwell::server {
namespace {

// Where functions are unpacked and run: beside the data, or in a folder of this process where nothing is kept.
std::filesystem::path functions_directory(const NodeParts& parts) {
  if (parts.keeps_data()) return std::filesystem::absolute(parts.options.data_dir) / "functions";
  return std::filesystem::temp_directory_path() / fmt::format("stepwell-{}", ::getpid());
}

// Where interpreters are looked for: the system's folders first, then the caller's PATH.
std::string search_path() {
  const char* path = std::getenv("PATH");
  return fmt::format("/usr/local/bin:/usr/bin:/bin{}{}", path ? ":" : "", path ? path : "");
}

}  // namespace

Result<void> open_lambda(NodeParts& parts) {
  if (!parts.keeps_data()) parts.scratch.set(functions_directory(parts));
  lambda::ServicePorts ports{.store = *parts.store,
                             .scheduler = parts.loop,
                             .clock = parts.clock,
                             .random = *parts.random,
                             .log = parts.log,
                             .processes = parts.processes,
                             .network = parts.network,
                             .directory = parts.directory,
                             .deliveries = *parts.deliveries,
                             .work_directory = functions_directory(parts),
                             .search_path = search_path(),
                             .endpoint_url = [&parts] { return parts.own_url; },
                             .access = parts.directory.access()};
  if (!parts.options.root_keys.empty()) {
    ports.access_key = parts.options.root_keys.front().id;
    ports.secret_key = parts.options.root_keys.front().secret;
  }
  TRY_ASSIGN(auto service, lambda::Service::open(std::move(ports)));
  parts.directory.add(std::move(service));
  return {};
}

}  // namespace stepwell::server
