// stepwell env: shell lines that point AWS's command line and SDKs at the server (spec §2.1).
//
// Newer clients read AWS_ENDPOINT_URL. Older ones do not, and StartSyncExecution and TestState put "sync-" before the
// host, a name that nothing resolves: so `aws` becomes a function that names the endpoint and sends every request
// through the server as its proxy, which takes any host.

#include "server/commands/commands.h"

#include <fmt/format.h>

namespace stepwell::server {

int env(const EnvOptions& options) {
  std::string url = options.url;
  if (url.ends_with('/')) url.pop_back();
  fmt::print(R"~(# eval "$(stepwell env)"
export AWS_ENDPOINT_URL={0}
export AWS_DISABLE_HOST_PREFIX_INJECTION=true
export AWS_REGION={1}
export AWS_DEFAULT_REGION={1}
export AWS_ACCESS_KEY_ID="${{AWS_ACCESS_KEY_ID:-stepwell}}"
export AWS_SECRET_ACCESS_KEY="${{AWS_SECRET_ACCESS_KEY:-stepwell}}"
export AWS_EC2_METADATA_DISABLED=true
export AWS_PAGER=
aws() {{ HTTP_PROXY={0} http_proxy={0} NO_PROXY= no_proxy= command aws --endpoint-url {0} "$@"; }}
)~",
             url, options.identity.region);
  return 0;
}

}  // namespace stepwell::server
