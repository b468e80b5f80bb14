// stepwell backup: a copy of everything durable in a folder. A running server makes it itself; the data of one that
// does not run is copied here.

#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "net/http_client.h"
#include "net/loop.h"
#include "server/authorities.h"
#include "server/commands/commands.h"
#include "server/files.h"
#include "server/system_ports.h"
#include "store/rocksdb/rocksdb_store.h"
#include "wire/sigv4.h"

#include <cstdio>
#include <filesystem>
#include <unistd.h>

#include <fmt/format.h>

namespace stepwell::server {
namespace {

constexpr Duration between_looks{200};

int complain(const Error& error) {
  fmt::print(stderr, "{}: {}\n", error.code, error.message);
  if (!error.detail.empty()) fmt::print(stderr, "{}\n", error.detail);
  return 1;
}

void show_progress(std::uint64_t bytes, std::uint64_t total) {
  const std::uint64_t percent = total == 0 ? 0 : bytes * 100 / total;
  const bool terminal = isatty(STDERR_FILENO) != 0;
  fmt::print(stderr, "{}{} of {} MB ({} %){}", terminal ? "\r" : "", bytes >> 20U, total >> 20U, percent,
             terminal ? "" : "\n");
  std::fflush(stderr);
}

void show_done(const std::string& folder, std::uint64_t bytes) {
  if (isatty(STDERR_FILENO) != 0) fmt::print(stderr, "\n");
  fmt::print("{} bytes are in {}\n", bytes, folder);
}

std::string text_of(const json::Value& object, std::string_view member) {
  const json::Value* value = object.find(member);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}
std::uint64_t number_of(const json::Value& object, std::string_view member) {
  const json::Value* value = object.find(member);
  const auto number = value != nullptr && value->is_number() ? value->as_integer() : std::nullopt;
  return static_cast<std::uint64_t>(number.value_or(0));
}

// Asks the server for the backup, and then how far it is until it is done.
class RemoteBackup {
 public:
  RemoteBackup(net::Loop& loop, std::shared_ptr<net::TlsAuthorities> authorities, std::string url,
               const BackupOptions& options, std::string folder)
      : loop_(loop),
        client_(loop, std::move(authorities)),
        url_(std::move(url)),
        options_(options),
        folder_(std::move(folder)) {}

  Task<Result<std::uint64_t>> run() {
    json::Arena first;
    const std::string body = json::print(json::ObjectBuilder(first).add("to", folder_).build());
    CO_TRY_ASSIGN(std::string state, co_await ask("POST", body));
    while (true) {
      json::Arena arena;
      const auto parsed = json::parse(arena, state);
      if (!parsed || !parsed->is_object()) co_return fail(not_understood());
      const std::string name = text_of(*parsed, "state");
      if (name == "done") co_return number_of(*parsed, "bytes");
      if (name != "running") {
        co_return fail(Error{.fault = Fault::server,
                             .code = text_of(*parsed, "code"),
                             .message = text_of(*parsed, "message"),
                             .detail = {}});
      }
      show_progress(number_of(*parsed, "bytes"), number_of(*parsed, "total"));
      Pending<bool> elapsed;
      const auto timer = loop_.after(between_looks, [elapsed] { elapsed.set(true); });
      co_await elapsed;
      CO_TRY_ASSIGN(state, co_await ask("GET", {}));
    }
  }

 private:
  Error not_understood() const {
    return {.fault = Fault::server,
            .code = "NotUnderstood",
            .message = fmt::format("{} does not answer as a Stepwell server that makes backups.", url_),
            .detail = {}};
  }

  Task<Result<std::string>> ask(std::string method, std::string body) {
    http::Call call;
    call.url = url_ + "/_stepwell/backup";
    call.request.method = std::move(method);
    call.request.target = "/_stepwell/backup";
    call.request.host = url_.substr(url_.find("://") + 3);
    call.request.headers.add("Content-Type", "application/json");
    call.request.body = std::move(body);
    // Of the server's list of keys, any will do.
    const std::string key = options_.access_key.substr(0, options_.access_key.find(','));
    if (const std::size_t colon = key.find(':'); colon != std::string::npos) {
      SystemClock clock;
      wire::sign(call.request,
                 {.access_key = key.substr(0, colon), .secret_key = key.substr(colon + 1), .session_token = {}},
                 options_.region, "stepwell", clock.now());
    }
    CO_TRY_ASSIGN(http::Response response, co_await client_.send(std::move(call)));
    if (response.status < 300) co_return std::move(response.body);
    json::Arena arena;
    const auto parsed = json::parse(arena, response.body);
    if (!parsed || !parsed->is_object() || text_of(*parsed, "code").empty()) co_return fail(not_understood());
    co_return fail(Error{.fault = Fault::client,
                         .code = text_of(*parsed, "code"),
                         .message = text_of(*parsed, "message"),
                         .detail = {}});
  }

  net::Loop& loop_;
  net::HttpClient client_;
  const std::string url_;
  const BackupOptions& options_;
  const std::string folder_;
};

int backup_of_server(std::string url, const BackupOptions& options, const std::string& folder) {
  if (url.ends_with('/')) url.pop_back();
  net::Loop loop;
  auto authorities = read_authorities(options.ca_bundle);
  if (!authorities) return complain(authorities.error());
  RemoteBackup remote(loop, *std::move(authorities), std::move(url), options, folder);
  std::optional<Result<std::uint64_t>> outcome;
  start([](RemoteBackup& backup,
           std::optional<Result<std::uint64_t>>& done) -> Task<void> { done = co_await backup.run(); }(remote, outcome),
        [&loop](std::exception_ptr) { loop.stop(); });
  loop.run();
  if (!outcome) return complain(internal_error("The backup ended without an answer."));
  if (!*outcome) return complain(outcome->error());
  show_done(folder, **outcome);
  return 0;
}

int backup_of_directory(const BackupOptions& options, const std::string& folder) {
  const std::string directory = options.data_dir + "/store";
  if (!std::filesystem::is_directory(directory)) {
    return complain({.fault = Fault::client,
                     .code = "NoData",
                     .message = fmt::format("There is no data in {}.", options.data_dir),
                     .detail = "Name the data directory of the server with --data-dir, or the server with --url."});
  }
  auto store = store::RocksDbStore::open(directory);
  if (!store && store.error().code == "DataDirectoryLocked") {
    const auto address = read_file(options.data_dir + "/" + std::string(address_file));
    if (address) return backup_of_server(address->substr(0, address->find('\n')), options, folder);
  }
  if (!store) return complain(store.error());
  const auto facts = (*store)->backup(folder, show_progress, {});
  if (!facts) return complain(facts.error());
  show_done(folder, facts->bytes);
  return 0;
}

}  // namespace

int backup(const BackupOptions& options) {
  const std::string folder = std::filesystem::absolute(options.to).lexically_normal().string();
  return options.url.empty() ? backup_of_directory(options, folder) : backup_of_server(options.url, options, folder);
}

}  // namespace stepwell::server
