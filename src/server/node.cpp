#include "server/node.h"

#include "server/authorities.h"
#include "server/wiring/parts.h"
#include "services/sns/service.h"
#include "services/states/service.h"
#include "store/memory/memory_store.h"
#include "store/rocksdb/rocksdb_store.h"

#include <charconv>

#include <fmt/format.h>

namespace stepwell::server {
namespace {

enum class Part : std::uint8_t { fixed, replaceable };

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

}  // namespace

Node::Node(std::unique_ptr<NodeParts> parts) : parts_(std::move(parts)) {}
Node::~Node() = default;

Result<std::unique_ptr<Node>> Node::open(const NodeOptions& options, Log& log) {
  TRY_ASSIGN(auto authorities, read_authorities(options.ca_bundle));
  auto parts = std::make_unique<NodeParts>(log, std::move(authorities));
  parts->options = options;
  TRY_ASSIGN(parts->store, open_store(options, log));
  return std::unique_ptr<Node>(new Node(std::move(parts)));
}

void Node::set_own_url(std::string url) { parts_->own_url = std::move(url); }
const std::string& Node::own_url() const { return parts_->own_url; }

Result<void> Node::start() {
#define PART(name, kind) \
  if (Part::kind == Part::fixed || !parts_->is_elsewhere(#name)) TRY(open_##name(*parts_));
#include "server/wiring/wiring.def"
#undef PART
  for (const auto& begin : parts_->starts) TRY(begin());
  return {};
}

store::RocksDbStore* Node::disk_store() { return dynamic_cast<store::RocksDbStore*>(parts_->store.get()); }
net::Loop& Node::loop() { return parts_->loop; }
directory::Directory& Node::directory() { return parts_->directory; }
states::Reading& Node::executions() { return parts_->states->reading(); }
apigateway::ApiServer* Node::apis() { return parts_->apis; }
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
