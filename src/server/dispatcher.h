#pragma once
// From an HTTP request to a service's operation and back: tells the services apart, checks the signature, decodes and
// validates, runs the operation, encodes. Also answers the program's own pages below /_stepwell/.

#include "base/http_server.h"
#include "base/ports.h"
#include "services/directory/directory.h"
#include "wire/sigv4.h"

#include <map>
#include <string>

namespace stepwell::server {

class Backups;

// What becomes of acknowledged writes, for those who watch the server.
struct Keeping {
  std::string store;       // "rocksdb", "memory"
  std::string sync;        // "always", "interval", "never"
  Duration sync_interval;  // what a crash of the machine may take; zero with "always"
};

struct DispatcherOptions {
  std::string account;
  std::string region;                              // for requests that are not signed
  std::map<std::string, std::string> access_keys;  // id → secret; empty: signatures are not verified
  Keeping keeping;
  Backups* backups = nullptr;  // answers /_stepwell/backup, for callers who may
};

class Dispatcher {
 public:
  Dispatcher(directory::Directory& directory, Clock& clock, Random& random, Log& log, DispatcherOptions options)
      : directory_(directory), clock_(clock), random_(random), log_(log), options_(std::move(options)) {}

  Task<http::Response> handle(http::Request request, std::stop_token gone);

 private:
  Task<Result<wire::Reply>> run(directory::Service& service, const http::Request& request, wire::Call& call);
  Result<void> authenticate(const http::Request& request, wire::Call& call);
  Result<void> verify(const http::Request& request) const;
  http::Response backup_page(const http::Request& request) const;
  http::Response internal_page(const http::Request& request) const;
  std::string health() const;
  std::string metrics() const;

  directory::Directory& directory_;
  Clock& clock_;
  Random& random_;
  Log& log_;
  DispatcherOptions options_;
  // Requests by operation and error code ("" for success).
  std::map<std::pair<std::string, std::string>, std::uint64_t> counts_;
};

}  // namespace stepwell::server
