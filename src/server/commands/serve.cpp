// stepwell serve: the server, until it is told to stop.

#include "net/loop.h"
#include "server/backups.h"
#include "server/certificate_files.h"
#include "server/commands/commands.h"
#include "server/console/api.h"
#include "server/dispatcher.h"
#include "server/doorkeeper.h"
#include "server/durations.h"
#include "server/file_limit.h"
#include "server/front.h"
#include "server/node.h"
#include "server/process_metrics.h"
#include "server/start_memory.h"
#include "server/system_ports.h"

#include <filesystem>
#include <fstream>
#include <limits>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace stepwell::server {
namespace {

using AccessKeys = std::vector<iam::RootKey>;

constexpr Duration patience{10'000};  // for requests under way when the server is told to stop

int refuse(Log& log, const Error& error) {
  log.error(error.message);
  if (!error.detail.empty()) log.error(error.detail);
  return 2;
}

Error invalid_access_key(std::string message) {
  return {.code = "InvalidAccessKey", .message = std::move(message), .detail = {}};
}

// Behind the last colon, where that is an account's number: of whom the key is, if not of --account.
std::optional<std::string> account_behind(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string_view account = text.substr(colon + 1);
  const bool is_number = account.find_first_not_of("0123456789") == std::string_view::npos;
  return account.size() == 12 && is_number ? std::optional<std::string>(account) : std::nullopt;
}

Result<AccessKeys> read_access_keys(const std::vector<std::string>& keys, const std::string& account) {
  AccessKeys read;
  for (const std::string& key : keys) {
    const std::size_t colon = key.find(':');
    if (colon == 0 || colon == std::string::npos || colon + 1 == key.size()) {
      return fail(invalid_access_key("--access-key: expected ID:SECRET or ID:SECRET:ACCOUNT"));
    }
    std::string secret = key.substr(colon + 1);
    const auto other = account_behind(secret);
    if (other) secret.resize(secret.size() - other->size() - 1);
    read.push_back({.id = key.substr(0, colon), .secret = std::move(secret), .account = other.value_or(account)});
  }
  return read;
}

Error keys_needed(const Address& address) {
  return {.fault = Fault::client,
          .code = "AccessKeysNeeded",
          .message = fmt::format("{} can be reached from other machines: callers must be known there.", address.host),
          .detail = "Give --access-key ID:SECRET (or STEPWELL_ACCESS_KEYS), or listen on 127.0.0.1."};
}

// Where to listen, and what to speak there.
struct Doors {
  std::optional<Address> plain;
  std::optional<Address> tls;
};

Result<Doors> read_doors(const ServeOptions& options) {
  Doors doors;
  TRY_ASSIGN(Address address, read_address("--listen", options.listen));
  const bool only_tls = !options.tls_certificate.empty() && options.tls_listen.empty();
  (only_tls ? doors.tls : doors.plain) = std::move(address);
  if (!options.tls_listen.empty()) {
    TRY_ASSIGN(doors.tls, read_address("--tls-listen", options.tls_listen));
  }
  return doors;
}

// One that other machines can reach, if there is any.
std::optional<Address> open_address(const Doors& doors) {
  for (const auto& address : {doors.plain, doors.tls}) {
    if (address && !address->is_loopback()) return address;
  }
  return std::nullopt;
}

Result<void> check_keys(const Doors& doors, bool have_keys) {
  const auto address = open_address(doors);
  if (address && !have_keys) return fail(keys_needed(*address));
  return {};
}

// Who may do what can only be told of callers who are known.
Result<directory::Enforcement> read_enforcement(const ServeOptions& options, const Doors& doors) {
  if (options.enforce_iam == "on" && options.access_keys.empty()) {
    return fail(
        Error{.code = "AccessKeysNeeded",
              .message = "--enforce-iam on: callers must be known to be allowed anything.",
              .detail = "Give --access-key ID:SECRET (or STEPWELL_ACCESS_KEYS): the key of the account's root."});
  }
  const bool on = options.enforce_iam == "on" || (options.enforce_iam == "auto" && open_address(doors));
  return on ? directory::Enforcement::on : directory::Enforcement::off;
}

// Opens what was asked for; its URLs. Functions reach the server without TLS, as they do not know its certificate: over
// the plain port, or one of their own on loopback.
Result<std::vector<std::string>> open_doors(const Doors& doors, Front& front, Node& node) {
  std::vector<std::string> urls;
  if (doors.plain) {
    TRY_ASSIGN(urls.emplace_back(), front.open(*doors.plain, Speaks::plain));
    node.set_own_url(urls.front());
  } else {
    TRY_ASSIGN(std::string own, front.open({.host = "127.0.0.1", .port = 0}, Speaks::plain));
    node.set_own_url(std::move(own));
  }
  if (doors.tls) {
    TRY_ASSIGN(urls.emplace_back(), front.open(*doors.tls, Speaks::tls));
  }
  return urls;
}

// The first signal lets requests under way finish, the second does not.
void stop_on_signals(Node& node, Front& front, Log& log, std::unique_ptr<Timer>& deadline) {
  net::Loop& loop = node.loop();
  loop.on_signal([&node, &loop, &front, &log, &deadline, stopping = false](int) mutable {
    if (std::exchange(stopping, true)) return loop.stop();
    log.info("stopping: requests under way are finished; once more to stop at once");
    deadline = loop.after(patience, [&loop] { loop.stop(); });
    node.directory().drain();
    front.drain([&loop, &node] { node.finish([&loop] { loop.stop(); }); });
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

Result<std::unique_ptr<CertificateFiles>> open_certificate(const ServeOptions& options, Clock& clock, Log& log) {
  if (options.tls_certificate.empty()) return nullptr;
  return CertificateFiles::open(options.tls_certificate, options.tls_key, clock, log);
}

NodeOptions node_options(const ServeOptions& options, std::vector<EndpointOptions> endpoints, AccessKeys keys,
                         directory::Enforcement enforcement) {
  return {.identity = options.identity,
          .store = options.store,
          .data_dir = options.data_dir,
          .sync = options.sync,
          .sync_interval_ms = options.sync_interval_ms,
          .limits = limits_of(options),
          .endpoints = std::move(endpoints),
          .mocks = {},
          .otlp_endpoint = options.otlp_endpoint,
          .ca_bundle = options.ca_bundle,
          .container_socket = options.container_socket,
          .root_keys = std::move(keys),
          .enforcement = enforcement};
}

net::ServerSettings front_settings(Dispatcher& dispatcher, Doorkeeper& doorkeeper, std::size_t max_connections,
                                   const CertificateFiles* certificate) {
  net::ServerSettings settings;
  settings.limits.max_connections = max_connections;
  settings.limits.max_connections_per_client = (max_connections + 1) / 2;
  settings.handler = [&dispatcher](http::Request request, std::stop_token gone) {
    return dispatcher.handle(std::move(request), std::move(gone));
  };
  settings.doorkeeper = [&doorkeeper](const http::Request& header, std::optional<std::uint64_t> body_bytes,
                                      const net::Load& load) { return doorkeeper.admit(header, body_bytes, load); };
  if (certificate != nullptr) settings.certificate = certificate->certificate();
  return settings;
}

void say_hello(Log& log, const ServeOptions& options, const std::vector<std::string>& urls) {
  log.info(fmt::format("Stepwell {} answers at {} ({})", STEPWELL_VERSION, fmt::join(urls, " and "),
                       options.store == "memory" ? std::string("in memory: everything is forgotten at the end")
                                                 : "data in " + options.data_dir));
  warn_of_interval(log, options);
}

// Runs until it is told to stop.
Result<void> serve_on(const Doors& doors, const ServeOptions& options, Callers callers, Node& node, Log& log,
                      CertificateFiles* certificate) {
  const std::size_t max_connections = room_for_connections(options.max_connections, log);
  Doorkeeper doorkeeper(node.directory(), node.random(), callers, HostNames(options.host_names),
                        {.max_requests = max_connections * 4 / 5});
  Backups backups(node.disk_store(), log);
  console::Api api(
      node, {.version = STEPWELL_VERSION, .region = options.identity.region, .credentials = callers == Callers::known});
  Dispatcher dispatcher(node.directory(), node.clock(), node.random(), log, node.metrics(),
                        {.account = options.identity.account,
                         .region = options.identity.region,
                         .verifies = callers == Callers::known,
                         .host_names = options.host_names,
                         .keeping = keeping_of(options),
                         .backups = &backups,
                         .api = &api,
                         .certificate = [&node](std::string_view path) { return node.certificate(path); },
                         .apis = [&node] { return node.apis(); }});
  Front front(node.loop(), front_settings(dispatcher, doorkeeper, max_connections, certificate));
  add_traffic_metrics(node.metrics(), front.traffic());
  TRY_ASSIGN(const std::vector<std::string> urls, open_doors(doors, front, node));
  TRY(node.start());
  node.apis()->use([&dispatcher](http::Request& request) { return dispatcher.signer_of(request); });
  if (certificate != nullptr) {
    certificate->watch(node.loop());
    node.loop().on_hangup([certificate] { certificate->reload(); });
  }
  const AddressFile address_of_server(options, node.own_url());
  std::unique_ptr<Timer> deadline;
  stop_on_signals(node, front, log, deadline);
  say_hello(log, options, urls);
  give_back_start_memory();
  node.loop().run();
  log.info("stopped");
  return {};
}

}  // namespace

int serve(const ServeOptions& options) {
  ConsoleLog log(options.verbose ? Log::Level::debug : Log::Level::info);
  SystemClock clock;
  const auto doors = read_doors(options);
  if (!doors) return refuse(log, doors.error());
  const auto keys = read_access_keys(options.access_keys, options.identity.account);
  if (!keys) return refuse(log, keys.error());
  if (const auto checked = check_keys(*doors, !keys->empty()); !checked) return refuse(log, checked.error());
  const auto certificate = open_certificate(options, clock, log);
  if (!certificate) return refuse(log, certificate.error());
  const auto enforcement = read_enforcement(options, *doors);
  if (!enforcement) return refuse(log, enforcement.error());
  const auto endpoints = all_endpoints(options.endpoints_of_file, options.endpoints);
  if (!endpoints) return refuse(log, endpoints.error());
  const auto node = Node::open(node_options(options, *endpoints, *keys, *enforcement), log);
  if (!node) return refuse(log, node.error());
  const auto served =
      serve_on(*doors, options, keys->empty() ? Callers::anybody : Callers::known, **node, log, certificate->get());
  return served ? 0 : refuse(log, served.error());
}

}  // namespace stepwell::server
