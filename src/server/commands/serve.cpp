// stepwell serve: the server, until it is told to stop.

#include "net/loop.h"
#include "server/certificate_files.h"
#include "server/commands/commands.h"
#include "server/dispatcher.h"
#include "server/front.h"
#include "server/node.h"
#include "server/system_ports.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

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

Result<void> check_keys(const Doors& doors, bool have_keys) {
  for (const auto& address : {doors.plain, doors.tls}) {
    if (address && !address->is_loopback() && !have_keys) return fail(keys_needed(*address));
  }
  return {};
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
    front.drain([&loop] { loop.stop(); });
  });
}

Result<std::unique_ptr<CertificateFiles>> open_certificate(const ServeOptions& options, Clock& clock, Log& log) {
  if (options.tls_certificate.empty()) return nullptr;
  return CertificateFiles::open(options.tls_certificate, options.tls_key, clock, log);
}

}  // namespace

int serve(const ServeOptions& options) {
  ConsoleLog log(options.verbose ? Log::Level::debug : Log::Level::info);
  SystemClock clock;
  const auto doors = read_doors(options);
  if (!doors) return refuse(log, doors.error());
  auto keys = read_access_keys(options.access_keys);
  if (!keys) return refuse(log, keys.error());
  if (const auto checked = check_keys(*doors, !keys->empty()); !checked) return refuse(log, checked.error());
  const auto certificate = open_certificate(options, clock, log);
  if (!certificate) return refuse(log, certificate.error());
  NodeOptions node_options{.identity = options.identity,
                           .store = options.store,
                           .data_dir = options.data_dir,
                           .sync = options.sync,
                           .endpoints = options.endpoints,
                           .mocks = {},
                           .own_key = {}};
  if (!keys->empty()) node_options.own_key = *keys->begin();
  auto node = Node::open(node_options, log);
  if (!node) return refuse(log, node.error());
  Node& wired = **node;
  Dispatcher dispatcher(
      wired.directory(), wired.clock(), wired.random(), log,
      {.account = options.identity.account, .region = options.identity.region, .access_keys = std::move(*keys)});
  Front front(
      wired.loop(), {},
      [&dispatcher](http::Request request, std::stop_token gone) {
        return dispatcher.handle(std::move(request), std::move(gone));
      },
      *certificate ? (*certificate)->certificate() : nullptr);
  const auto urls = open_doors(*doors, front, wired);
  if (!urls) return refuse(log, urls.error());
  if (const auto started = wired.start(); !started) return refuse(log, started.error());
  if (*certificate) {
    (*certificate)->watch(wired.loop());
    wired.loop().on_hangup([&files = **certificate] { files.reload(); });
  }
  std::unique_ptr<Timer> deadline;
  stop_on_signals(wired, front, log, deadline);
  log.info(fmt::format("Stepwell {} answers at {} ({})", STEPWELL_VERSION, fmt::join(*urls, " and "),
                       options.store == "memory" ? std::string("in memory: everything is forgotten at the end")
                                                 : "data in " + options.data_dir));
  if (options.store != "memory" && options.sync == "interval") {
    log.warning("--sync interval: the last moments before a crash of the machine may be lost");
  }
  wired.loop().run();
  log.info("stopped");
  return 0;
}

}  // namespace stepwell::server
