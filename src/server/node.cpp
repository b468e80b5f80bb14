#include "server/node.h"

#include "net/http_client.h"
#include "net/http_server.h"
#include "net/loop.h"
#include "net/process.h"
#include "server/authorities.h"
#include "server/files.h"
#include "server/process_metrics.h"
#include "server/span_exporter.h"
#include "server/system_ports.h"
#include "server/zone_files.h"
#include "services/deliveries/deliveries.h"
#include "services/events/service.h"
#include "services/iam/service.h"
#include "services/lambda/service.h"
#include "services/logs/service.h"
#include "services/scheduler/service.h"
#include "services/sns/service.h"
#include "services/sqs/service.h"
#include "services/states/service.h"
#include "services/sts/service.h"
#include "store/memory/memory_store.h"
#include "store/rocksdb/rocksdb_store.h"

#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <unistd.h>

#include <fmt/format.h>

namespace stepwell::server {
namespace {

Error invalid(std::string_view code, std::string message) {
  return {.fault = Fault::client, .code = std::string(code), .message = std::move(message), .detail = {}};
}

Result<std::unique_ptr<store::Store>> open_store(const NodeOptions& options, Log& log) {
  if (options.store == "memory") return std::make_unique<store::MemoryStore>();
  store::RocksDbOptions settings;
  if (options.sync == "interval") settings.sync = store::RocksDbOptions::Sync::interval;
  settings.warn = [&log](std::string_view message) { log.warning(message); };
  settings.sync_interval = std::chrono::milliseconds(options.sync_interval_ms);
  return store::RocksDbStore::open(options.data_dir + "/store", settings);
}

// FILE, FILE#MACHINE/CASE or FILE#CASE
Result<std::unique_ptr<states::Mocks>> load_mocks(const std::string& argument) {
  const std::size_t hash = argument.find('#');
  const std::string choice = hash == std::string::npos ? std::string() : argument.substr(hash + 1);
  const std::size_t slash = choice.find('/');
  const std::string machine = slash == std::string::npos ? std::string() : choice.substr(0, slash);
  const std::string test_case = slash == std::string::npos ? choice : choice.substr(slash + 1);
  TRY_ASSIGN(const std::string text, read_file(argument.substr(0, hash)));
  return states::Mocks::load(text, machine, test_case);
}

}  // namespace

namespace {

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

// Where functions are unpacked and run: beside the data, or in a folder of this process where nothing is kept.
bool keeps_data(const NodeOptions& options) { return !options.data_dir.empty() && options.store != "memory"; }
std::filesystem::path functions_directory(const NodeOptions& options) {
  if (keeps_data(options)) return std::filesystem::absolute(options.data_dir) / "functions";
  return std::filesystem::temp_directory_path() / fmt::format("stepwell-{}", ::getpid());
}

}  // namespace

struct Node::Parts {
  Parts(Log& operator_log, std::shared_ptr<net::TlsAuthorities> authorities)
      : log(operator_log), client(loop, std::move(authorities)) {}

  ScratchDirectory scratch;  // first: it goes when nothing runs there any more

  NodeOptions options;
  Log& log;
  SystemClock clock;
  std::unique_ptr<Random> random = make_random();
  net::Loop loop;
  net::HttpClient client;
  net::Network network{loop};
  net::ProcessLauncher processes{loop};
  metrics::Registry registry;
  std::unique_ptr<SpanExporter> exporter;  // may be null
  std::unique_ptr<store::Store> store;
  SystemZoneFiles zones;
  directory::Directory directory;
  states::Service* states = nullptr;  // of the directory
  std::unique_ptr<deliveries::Deliveries> deliveries;
  sns::Service* sns = nullptr;                         // of the directory
  deliveries::Connections* connections = nullptr;      // of EventBridge, which is of the directory
  std::vector<std::function<Result<void>()>> ticking;  // what begins when every service is there
  std::string own_url;

  Result<void> add_endpoints();
  Result<void> add_access();
  Result<void> add_events();
  Result<void> add_lambda();
  Result<void> add_sqs();
  Result<void> add_metrics();
};

// Where interpreters are looked for: the system's folders first, then the caller's PATH.
std::string search_path() {
  const char* path = std::getenv("PATH");
  return fmt::format("/usr/local/bin:/usr/bin:/bin{}{}", path ? ":" : "", path ? path : "");
}

Result<void> Node::Parts::add_lambda() {
  if (!keeps_data(options)) scratch.set(functions_directory(options));
  lambda::ServicePorts ports{.store = *store,
                             .scheduler = loop,
                             .clock = clock,
                             .random = *random,
                             .log = log,
                             .processes = processes,
                             .network = network,
                             .directory = directory,
                             .deliveries = *deliveries,
                             .work_directory = functions_directory(options),
                             .search_path = search_path(),
                             .endpoint_url = [this] { return own_url; },
                             .access = directory.access()};
  if (!options.root_keys.empty()) {
    ports.access_key = options.root_keys.front().id;
    ports.secret_key = options.root_keys.front().secret;
  }
  TRY_ASSIGN(auto service, lambda::Service::open(std::move(ports)));
  directory.add(std::move(service));
  return {};
}

Result<void> Node::Parts::add_sqs() {
  TRY_ASSIGN(
      auto service,
      sqs::Service::open(
          {.store = *store, .scheduler = loop, .clock = clock, .random = *random, .log = log, .endpoint_url = [this] {
             return own_url;
           }}));
  directory.add(std::move(service));
  return {};
}

Result<void> Node::Parts::add_access() {
  TRY_ASSIGN(auto service, iam::Service::open({.store = *store,
                                               .scheduler = loop,
                                               .clock = clock,
                                               .root_keys = options.root_keys,
                                               .enforcement = options.enforcement}));
  directory::AccessControl& access = service->access();
  directory.control(access);
  directory.add(std::move(service));
  directory.add(std::make_unique<sts::Service>(clock, access));
  return {};
}

Result<void> Node::Parts::add_events() {
  TRY_ASSIGN(auto opened, events::Service::open({.store = *store,
                                                 .scheduler = loop,
                                                 .clock = clock,
                                                 .random = *random,
                                                 .log = log,
                                                 .client = client,
                                                 .deliveries = *deliveries}));
  connections = &opened->connections();
  deliveries->use(*connections);
  ticking.emplace_back([service = opened.get()] { return service->start(); });
  directory.add(std::move(opened));
  auto schedules = std::make_unique<scheduler::Service>(scheduler::ServicePorts{.store = *store,
                                                                                .scheduler = loop,
                                                                                .clock = clock,
                                                                                .random = *random,
                                                                                .log = log,
                                                                                .zones = zones,
                                                                                .directory = directory,
                                                                                .deliveries = *deliveries});
  ticking.emplace_back([service = schedules.get()] { return service->start(); });
  directory.add(std::move(schedules));
  return {};
}

Result<void> Node::Parts::add_metrics() {
  add_process_metrics(registry);
  add_store_metrics(registry, *store, keeps_data(options) ? options.data_dir + "/store" : std::string());
  if (options.otlp_endpoint.empty()) return {};
  TRY_ASSIGN(exporter, SpanExporter::open(options.otlp_endpoint, client, loop, log));
  registry.read(metrics::Kind::counter, "stepwell_spans_sent_total", "Spans that the collector has taken.",
                [this] { return static_cast<double>(exporter->sent()); });
  registry.read(metrics::Kind::counter, "stepwell_spans_dropped_total", "Spans that did not fit or were refused.",
                [this] { return static_cast<double>(exporter->dropped()); });
  return {};
}

Result<void> Node::Parts::add_endpoints() {
  const Environment environment = process_environment();
  for (const EndpointOptions& endpoint : options.endpoints) {
    TRY_ASSIGN(auto service, make_endpoint(endpoint, environment, client, clock));
    directory.add(std::move(service));
  }
  return {};
}

Node::Node(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Node::~Node() = default;

Result<std::unique_ptr<Node>> Node::open(const NodeOptions& options, Log& log) {
  TRY_ASSIGN(auto authorities, read_authorities(options.ca_bundle));
  auto parts = std::make_unique<Parts>(log, std::move(authorities));
  parts->options = options;
  TRY_ASSIGN(parts->store, open_store(options, log));
  return std::unique_ptr<Node>(new Node(std::move(parts)));
}

void Node::set_own_url(std::string url) { parts_->own_url = std::move(url); }
const std::string& Node::own_url() const { return parts_->own_url; }

Result<void> Node::start() {
  Parts& parts = *parts_;
  TRY(parts.add_metrics());
  parts.deliveries =
      std::make_unique<deliveries::Deliveries>(deliveries::Deliveries::Ports{.store = *parts.store,
                                                                             .scheduler = parts.loop,
                                                                             .clock = parts.clock,
                                                                             .random = *parts.random,
                                                                             .log = parts.log,
                                                                             .directory = parts.directory,
                                                                             .client = parts.client});
  TRY(parts.add_access());
  TRY(parts.add_lambda());
  parts.directory.add(std::make_unique<logs::Service>(logs::ServicePorts{.store = *parts.store,
                                                                         .scheduler = parts.loop,
                                                                         .clock = parts.clock,
                                                                         .random = *parts.random,
                                                                         .log = parts.log}));
  auto sns = std::make_unique<sns::Service>(sns::ServicePorts{.store = *parts.store,
                                                              .scheduler = parts.loop,
                                                              .clock = parts.clock,
                                                              .random = *parts.random,
                                                              .log = parts.log,
                                                              .deliveries = *parts.deliveries,
                                                              .own_url = [&parts] { return parts.own_url; }});
  parts.sns = sns.get();
  parts.directory.add(std::move(sns));
  TRY(parts.add_sqs());
  TRY(parts.add_events());
  TRY(parts.add_endpoints());
  std::unique_ptr<states::Mocks> mocks;
  if (!parts.options.mocks.empty()) {
    TRY_ASSIGN(mocks, load_mocks(parts.options.mocks));
  }
  TRY_ASSIGN(auto states, states::Service::open({.store = *parts.store,
                                                 .scheduler = parts.loop,
                                                 .clock = parts.clock,
                                                 .random = *parts.random,
                                                 .log = parts.log,
                                                 .directory = parts.directory,
                                                 .limits = parts.options.limits,
                                                 .mocks = std::move(mocks),
                                                 .metrics = &parts.registry,
                                                 .traces = parts.exporter.get(),
                                                 .http = &parts.client,
                                                 .connections = parts.connections}));
  parts.states = states.get();
  parts.directory.add(std::move(states));
  TRY(parts.deliveries->start());
  for (const auto& begin : parts.ticking) TRY(begin());
  return {};
}

store::RocksDbStore* Node::disk_store() { return dynamic_cast<store::RocksDbStore*>(parts_->store.get()); }
net::Loop& Node::loop() { return parts_->loop; }
directory::Directory& Node::directory() { return parts_->directory; }
states::Reading& Node::executions() { return parts_->states->reading(); }
Clock& Node::clock() { return parts_->clock; }
Random& Node::random() { return *parts_->random; }
metrics::Registry& Node::metrics() { return parts_->registry; }

std::optional<std::string> Node::certificate(std::string_view path) {
  return parts_->sns == nullptr ? std::nullopt : parts_->sns->page(path);
}

void Node::finish(std::move_only_function<void()> done) {
  if (parts_->exporter == nullptr) return done();
  parts_->exporter->finish(Duration(2'000), std::move(done));
}

bool Address::is_loopback() const { return host == "localhost" || host == "::1" || host.starts_with("127."); }

Result<Address> read_address(std::string_view option, const std::string& text) {
  const std::size_t colon = text.rfind(':');
  Address address;
  const std::string_view port =
      colon == std::string::npos ? std::string_view{} : std::string_view(text).substr(colon + 1);
  const auto parsed = std::from_chars(port.data(), port.data() + port.size(), address.port);
  if (port.empty() || parsed.ec != std::errc{} || parsed.ptr != port.data() + port.size()) {
    return fail(
        invalid("InvalidAddress", fmt::format("{} {}: expected HOST:PORT, for example 127.0.0.1:4600", option, text)));
  }
  address.host = text.substr(0, colon);
  if (address.host.starts_with('[') && address.host.ends_with(']'))
    address.host = address.host.substr(1, address.host.size() - 2);
  if (address.host == "localhost") address.host = "127.0.0.1";
  return address;
}

}  // namespace stepwell::server
