// stepwell serve: the server, until it is told to stop.

#include "net/http_server.h"
#include "net/loop.h"
#include "server/backups.h"
#include "server/commands/commands.h"
#include "server/dispatcher.h"
#include "server/durations.h"
#include "server/node.h"
#include "server/system_ports.h"

#include <filesystem>
#include <fstream>
#include <limits>

#include <fmt/format.h>

namespace stepwell::server {
namespace {

constexpr Duration patience{10'000};  // for requests under way when the server is told to stop

int refuse(Log& log, const Error& error) {
  log.error(error.message);
  if (!error.detail.empty()) log.error(error.detail);
  return 2;
}

Result<std::map<std::string, std::string>> read_access_keys(const std::vector<std::string>& keys) {
  std::map<std::string, std::string> secrets;
  for (const std::string& key : keys) {
    const std::size_t colon = key.find(':');
    if (colon == 0 || colon == std::string::npos || colon + 1 == key.size()) {
      return fail(Error{.fault = Fault::client,
                        .code = "InvalidAccessKey",
                        .message = "--access-key: expected ID:SECRET",
                        .detail = {}});
    }
    secrets.emplace(key.substr(0, colon), key.substr(colon + 1));
  }
  return secrets;
}

Error keys_needed(const Address& address) {
  return {.fault = Fault::client,
          .code = "AccessKeysNeeded",
          .message = fmt::format("{} can be reached from other machines: callers must be known there.", address.host),
          .detail = "Give --access-key ID:SECRET (or STEPWELL_ACCESS_KEYS), or listen on 127.0.0.1."};
}

std::string url_of(const Address& address, std::uint16_t port) {
  const bool six = address.host.find(':') != std::string::npos;
  return fmt::format("http://{}{}{}:{}", six ? "[" : "", address.host, six ? "]" : "", port);
}

// The first signal lets requests under way finish, the second does not.
void stop_on_signals(Node& node, http::Server& server, Log& log, std::unique_ptr<Timer>& deadline) {
  net::Loop& loop = node.loop();
  loop.on_signal([&node, &loop, &server, &log, &deadline, stopping = false](int) mutable {
    if (std::exchange(stopping, true)) return loop.stop();
    log.info("stopping: requests under way are finished; once more to stop at once");
    deadline = loop.after(patience, [&loop] { loop.stop(); });
    node.directory().drain();
    server.drain([&loop] { loop.stop(); });
  });
}

Keeping keeping_of(const ServeOptions& options) {
  if (options.store == "memory") return {.store = options.store, .sync = "never", .sync_interval = {}};
  const bool interval = options.sync == "interval";
  return {.store = options.store,
          .sync = options.sync,
          .sync_interval = interval ? Duration{options.sync_interval_ms} : Duration{}};
}

engine::Limits limits_of(const ServeOptions& options) {
  engine::Limits limits;
  limits.retention = parse_duration(options.retention);
  if (options.unbounded_history) limits.max_events = std::numeric_limits<engine::EventId>::max();
  return limits;
}

// For those who look for the server of a data directory; gone when it has ended well.
class AddressFile {
 public:
  AddressFile(const ServeOptions& options, const std::string& url) {
    if (options.store == "memory") return;
    path_ = std::filesystem::path(options.data_dir) / address_file;
    std::ofstream(path_) << url << '\n';
  }
  ~AddressFile() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove(path_, ignored);
  }
  AddressFile(const AddressFile&) = delete;
  AddressFile& operator=(const AddressFile&) = delete;

 private:
  std::filesystem::path path_;
};

// Weaker than what is promised by default, so it is said, however it was chosen.
void warn_of_interval(Log& log, const ServeOptions& options) {
  if (options.store == "memory" || options.sync != "interval") return;
  log.warning(fmt::format(
      "--sync interval: acknowledged writes are synced every {} ms; a crash of the machine may lose those of "
      "the last {} ms (a crash of the program loses none)",
      options.sync_interval_ms, options.sync_interval_ms));
}

}  // namespace

int serve(const ServeOptions& options) {
  ConsoleLog log(options.verbose ? Log::Level::debug : Log::Level::info);
  const auto address = read_address(options.listen);
  if (!address) return refuse(log, address.error());
  auto keys = read_access_keys(options.access_keys);
  if (!keys) return refuse(log, keys.error());
  if (!address->is_loopback() && keys->empty()) return refuse(log, keys_needed(*address));
  NodeOptions node_options{.identity = options.identity,
                           .store = options.store,
                           .data_dir = options.data_dir,
                           .sync = options.sync,
                           .sync_interval_ms = options.sync_interval_ms,
                           .limits = limits_of(options),
                           .endpoints = options.endpoints,
                           .mocks = {},
                           .own_key = {}};
  if (!keys->empty()) node_options.own_key = *keys->begin();
  auto node = Node::open(node_options, log);
  if (!node) return refuse(log, node.error());
  Node& wired = **node;
  Backups backups(wired.disk_store(), log);
  Dispatcher dispatcher(wired.directory(), wired.clock(), wired.random(), log,
                        {.account = options.identity.account,
                         .region = options.identity.region,
                         .access_keys = std::move(*keys),
                         .keeping = keeping_of(options),
                         .backups = &backups});
  net::Network network(wired.loop());
  const auto server =
      network.listen(address->host, address->port, {}, [&dispatcher](http::Request request, std::stop_token gone) {
        return dispatcher.handle(std::move(request), std::move(gone));
      });
  if (!server) return refuse(log, server.error());
  const std::string url = url_of(*address, (*server)->port());
  wired.set_own_url(url);
  if (const auto started = wired.start(); !started) return refuse(log, started.error());
  const AddressFile address_of_server(options, url);
  std::unique_ptr<Timer> deadline;
  stop_on_signals(wired, **server, log, deadline);
  log.info(fmt::format("Stepwell {} answers at {} ({})", STEPWELL_VERSION, url,
                       options.store == "memory" ? std::string("in memory: everything is forgotten at the end")
                                                 : "data in " + options.data_dir));
  warn_of_interval(log, options);
  wired.loop().run();
  log.info("stopped");
  return 0;
}

}  // namespace stepwell::server
