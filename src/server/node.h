#pragma once
// Everything wired together: one loop, one store, the services and the directory between them. `serve` puts HTTP in
// front of it, `run` uses it as it is.

#include "base/error.h"
#include "base/metrics.h"
#include "base/ports.h"
#include "engine/world.h"
#include "server/endpoints.h"
#include "server/options.h"
#include "services/directory/directory.h"
#include "services/iam/root_key.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace stepwell::apigateway {
class ApiServer;
}

namespace stepwell::net {
class Loop;
}

namespace stepwell::states {
class Reading;
}

namespace stepwell::store {
class RocksDbStore;
}

namespace stepwell::server {

struct NodeParts;  // server/wiring/parts.h

struct NodeOptions {
  Identity identity;
  std::string store = "memory";
  std::string data_dir;  // of rocksdb, and of functions' files; made when it is not there
  std::string sync = "always";
  std::uint32_t sync_interval_ms = 100;
  engine::Limits limits;
  std::vector<EndpointOptions> endpoints;
  std::string mocks;                    // file; empty: none
  std::string otlp_endpoint;            // URL that traces are sent to; empty: none
  std::string ca_bundle;                // PEM file of authorities that https believes beside the system's; empty: none
  std::string container_socket;         // of ServeOptions
  std::vector<iam::RootKey> root_keys;  // the first one is what functions call this server with
  directory::Enforcement enforcement = directory::Enforcement::off;  // `on` needs root keys
};

class Node {
 public:
  static Result<std::unique_ptr<Node>> open(const NodeOptions& options, Log& log);
  ~Node();

  // Tells functions where this server is; before the services take up work.
  void set_own_url(std::string url);
  const std::string& own_url() const;
  // Opens the services: what was under way goes on from here.
  Result<void> start();

  // nullptr: everything is in memory.
  store::RocksDbStore* disk_store();
  net::Loop& loop();
  directory::Directory& directory();
  states::Reading& executions();  // once it is started
  apigateway::ApiServer* apis();  // likewise; nullptr before
  Clock& clock();
  Random& random();
  metrics::Registry& metrics();
  // The certificate that messages of SNS are checked by, where it has that path.
  std::optional<std::string> certificate(std::string_view path);
  // Sends what is left to send, and calls `done`; soon, even if nobody takes it.
  void finish(std::move_only_function<void()> done);

 private:
  explicit Node(std::unique_ptr<NodeParts> parts);
  std::unique_ptr<NodeParts> parts_;
};

// "HOST:PORT", "[::1]:PORT", as `option` gives it. Error "InvalidAddress".
struct Address {
  std::string host;
  std::uint16_t port = 0;
  bool is_loopback() const;
};
Result<Address> read_address(std::string_view option, const std::string& text);

}  // namespace stepwell::server
