#pragma once
// From an HTTP request to a service's operation and back: tells the services apart, checks the signature, decodes and
// validates, runs the operation, encodes. Also answers the program's own pages below /_stepwell/.

#include "base/http_server.h"
#include "base/metrics.h"
#include "base/ports.h"
#include "server/own_pages.h"
#include "services/apigateway/serving/api_server.h"
#include "services/directory/directory.h"
#include "wire/sigv4.h"

#include <chrono>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace stepwell::server {

class Backups;
namespace console {
class Api;
}

// What becomes of acknowledged writes, for those who watch the server.
struct Keeping {
  std::string store;       // "rocksdb", "memory"
  std::string sync;        // "always", "interval", "never"
  Duration sync_interval;  // what a crash of the machine may take; zero with "always"
};

struct DispatcherOptions {
  std::string account;
  std::string region;                   // for requests that are not signed
  bool verifies = false;                // every request's signature
  std::vector<std::string> host_names;  // that clients may have signed, beside the host as received
  Keeping keeping;
  Backups* backups = nullptr;   // answers /_stepwell/backup, for callers who may
  console::Api* api = nullptr;  // answers /_stepwell/api/
  // The certificate at that path, by which signatures of messages are checked; nullopt: there is none.
  std::function<std::optional<std::string>(std::string_view path)> certificate = [](auto) { return std::nullopt; };
  // Answers requests to HTTP APIs.
  std::function<apigateway::ApiServer*()> apis = [] { return nullptr; };
};

class Dispatcher {
 public:
  Dispatcher(directory::Directory& directory, Clock& clock, Random& random, Log& log, metrics::Registry& registry,
             DispatcherOptions options);

  Task<http::Response> handle(http::Request request, std::stop_token gone);
  // Who has signed a request to an API. Errors are those of signatures.
  Result<apigateway::Signer> signer_of(http::Request& request) const;

 private:
  Task<Result<wire::Reply>> run(directory::Service& service, http::Request& request, wire::Call& call);
  wire::Call make_call(const http::Request& request, std::stop_token gone);
  Task<http::Response> console_answer(http::Request request, std::stop_token gone);
  Result<void> authenticate(http::Request& request, wire::Call& call);
  // Who has signed the request.
  Result<directory::PrincipalPtr> verify(http::Request& request) const;
  std::optional<directory::Identity> claimed(std::string_view access_key, const http::Request& request) const;
  http::Response backup_page(http::Request& request) const;
  std::string health() const;
  void count(const wire::ApiModel& model, const wire::Call& call, const Result<wire::Reply>& reply,
             std::chrono::steady_clock::duration time);

  directory::Directory& directory_;
  Clock& clock_;
  Random& random_;
  Log& log_;
  metrics::Registry& registry_;
  metrics::Counters& requests_;
  metrics::Histograms& times_;
  DispatcherOptions options_;
  const OwnPages pages_;
  // Of an operation: the series that nearly every request counts in.
  struct Usual {
    metrics::Counter* succeeded;
    metrics::Histogram* time;
  };
  std::unordered_map<const void*, Usual> usual_;  // by the operation, or by the model where there is none
};

}  // namespace stepwell::server
