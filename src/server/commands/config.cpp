// stepwell config check: what is wrong with the configuration file, beside what its options say of themselves.

#include "net/http_client.h"
#include "net/loop.h"
#include "server/authorities.h"
#include "server/commands/commands.h"
#include "server/endpoints.h"
#include "server/system_ports.h"

#include <cstdio>

#include <fmt/format.h>

namespace stepwell::server {
namespace {

Result<void> check_endpoints(const ServeOptions& options) {
  TRY_ASSIGN(auto authorities, read_authorities(options.ca_bundle));
  net::Loop loop;
  net::HttpClient client(loop, std::move(authorities));
  SystemClock clock;
  for (const EndpointOptions& endpoint : options.endpoints_of_file)
    TRY(make_endpoint(endpoint, process_environment(), client, clock));
  return {};
}

}  // namespace

int check_config(const std::string& file, std::size_t settings, const ServeOptions& options) {
  if (const auto checked = check_endpoints(options); !checked) {
    fmt::print(stderr, "{}: {}\n", checked.error().code, checked.error().message);
    if (!checked.error().detail.empty()) fmt::print(stderr, "{}\n", checked.error().detail);
    return 1;
  }
  fmt::print("{}: {} settings and {} endpoints, nothing wrong\n", file, settings, options.endpoints_of_file.size());
  return 0;
}

}  // namespace stepwell::server
