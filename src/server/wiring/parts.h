#pragma once
// What a node is made of: the ports of this process, what services need of one another, and the options. wiring.def
// tells what it opens.

#include "base/containers.h"
#include "base/metrics.h"
#include "net/http_client.h"
#include "net/http_server.h"
#include "net/loop.h"
#include "net/process.h"
#include "server/node.h"
#include "server/span_exporter.h"
#include "server/system_ports.h"
#include "server/zone_files.h"
#include "services/apigateway/serving/local_client.h"
#include "services/deliveries/deliveries.h"
#include "services/directory/directory.h"
#include "store/store.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::apigateway {
class ApiServer;
}

namespace stepwell::sns {
class Service;
}

namespace stepwell::states {
class Service;
}

namespace stepwell::server {

// A folder that goes with the process; nothing where the path is empty.
class ScratchDirectory {
 public:
  ScratchDirectory() = default;
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;
  ~ScratchDirectory() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  void set(std::filesystem::path path) { path_ = std::move(path); }

 private:
  std::filesystem::path path_;
};

struct NodeParts {
  NodeParts(Log& operator_log, std::shared_ptr<net::TlsAuthorities> authorities)
      : log(operator_log), client(loop, std::move(authorities)) {}

  ScratchDirectory scratch;  // first: it goes when nothing runs there any more

  NodeOptions options;
  Log& log;
  SystemClock clock;
  std::unique_ptr<Random> random = make_random();
  net::Loop loop;
  net::HttpClient client;
  apigateway::LocalClient http{client};  // of tasks and deliveries: APIs that are here are called without a network
  net::Network network{loop};
  net::ProcessLauncher processes{loop};
  metrics::Registry registry;
  std::unique_ptr<SpanExporter> exporter;  // may be null
  std::unique_ptr<store::Store> store;
  SystemZoneFiles zones;
  std::unique_ptr<containers::Containers> containers;
  directory::Directory directory;
  std::unique_ptr<deliveries::Deliveries> deliveries;
  std::string own_url;  // where this server answers

  // Services of the directory that others need more of than calls; nullptr: they are elsewhere.
  states::Service* states = nullptr;
  sns::Service* sns = nullptr;
  deliveries::Connections* connections = nullptr;  // of EventBridge
  apigateway::ApiServer* apis = nullptr;

  // What begins when every service is in the directory.
  std::vector<std::function<Result<void>()>> starts;

  // Whether anything outlives the process.
  bool keeps_data() const { return !options.data_dir.empty() && options.store != "memory"; }
  // Whether the calls of a service are sent to an endpoint.
  bool is_elsewhere(std::string_view service) const {
    return std::ranges::find(options.endpoints, service, &EndpointOptions::service) != options.endpoints.end();
  }
};

#define PART(name, kind) Result<void> open_##name(NodeParts& parts);
#include "server/wiring/wiring.def"
#undef PART

}  // namespace stepwell::server
