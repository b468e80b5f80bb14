// stepwell env: shell lines that point AWS's command line and SDKs at the server (spec §2.1).
//
// Newer clients read AWS_ENDPOINT_URL. Older ones do not, and StartSyncExecution and TestState put "sync-" before the
// host, a name that nothing resolves: so `aws` becomes a function that names the endpoint and, without TLS, sends every
// request through the server as its proxy, which takes any host.

#include "server/commands/commands.h"

#include <fmt/format.h>

namespace stepwell::server {
namespace {

std::string quoted(std::string_view text) {
  std::string result = "'";
  for (const char c : text) {
    if (c == '\'')
      result += "'\\''";
    else
      result += c;
  }
  return result + "'";
}

}  // namespace

int env(const EnvOptions& options) {
  std::string url = options.url;
  if (url.ends_with('/')) url.pop_back();
  const bool tls = url.starts_with("https://");
  fmt::print(R"~(# eval "$(stepwell env)"
export AWS_ENDPOINT_URL={0}
export AWS_DISABLE_HOST_PREFIX_INJECTION=true
export AWS_REGION={1}
export AWS_DEFAULT_REGION={1}
export AWS_ACCESS_KEY_ID="${{AWS_ACCESS_KEY_ID:-stepwell}}"
export AWS_SECRET_ACCESS_KEY="${{AWS_SECRET_ACCESS_KEY:-stepwell}}"
export AWS_EC2_METADATA_DISABLED=true
export AWS_PAGER=
)~",
             url, options.identity.region);
  if (!options.ca_bundle.empty()) {
    for (const std::string_view variable : {"AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS"})
      fmt::print("export {}={}\n", variable, quoted(options.ca_bundle));
  }
  const std::string proxy =
      tls ? std::string() : fmt::format("HTTP_PROXY={0} http_proxy={0} NO_PROXY= no_proxy= ", url);
  fmt::print("aws() {{ {}command aws --endpoint-url {} \"$@\"; }}\n", proxy, url);
  return 0;
}

}  // namespace stepwell::server
