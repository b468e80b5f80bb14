#pragma once
// From an HTTP request to a service's operation and back: tells the services apart, checks the signature, decodes and
// validates, runs the operation, encodes. Also answers the program's own pages below /_stepwell/.

#include "base/http_server.h"
#include "base/ports.h"
#include "services/directory/directory.h"
#include "wire/sigv4.h"

#include <map>
#include <string>
#include <vector>

namespace stepwell::server {

struct DispatcherOptions {
  std::string account;
  std::string region;                              // for requests that are not signed
  std::map<std::string, std::string> access_keys;  // id → secret; empty: signatures are not verified
  std::vector<std::string> host_names;             // that clients may have signed, beside the host as received
};

class Dispatcher {
 public:
  Dispatcher(directory::Directory& directory, Clock& clock, Random& random, Log& log, DispatcherOptions options)
      : directory_(directory), clock_(clock), random_(random), log_(log), options_(std::move(options)) {}

  Task<http::Response> handle(http::Request request, std::stop_token gone);

 private:
  Task<Result<wire::Reply>> run(directory::Service& service, http::Request& request, wire::Call& call);
  Result<void> authenticate(http::Request& request, wire::Call& call);
  Result<void> verify(http::Request& request, const wire::SecretLookup& secret_of);
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
