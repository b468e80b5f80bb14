#pragma once
// What a connection adds to a call of an HTTP API: proof of who calls, and parameters of its own, which win over the
// task's. Tokens of OAuth (client credentials, RFC 6749, 4.4) are got where the connection says and kept until shortly
// before they expire.

#include "base/http_client.h"
#include "base/ports.h"
#include "base/task.h"
#include "services/directory/connections.h"

#include <string>
#include <unordered_map>

namespace stepwell::states {

class ApiTokens {
 public:
  // The token of the connection. Errors are those of the HTTP client, and "InvalidConnectionState" where the token
  // endpoint gives none.
  Task<Result<std::string>> get(http::Client& client, Clock& clock, const directory::Connection& connection);
  // It has been refused: the next one is a new one.
  void forget(const std::string& connection_arn) { kept_.erase(connection_arn); }

 private:
  struct Kept {
    std::string token;
    Timestamp until{};
  };
  std::unordered_map<std::string, Kept> kept_;
};

// The header that proves who calls. `token` is that of OAuth.
directory::HttpParameter proof_of(const directory::Connection& connection, const std::string& token);

}  // namespace stepwell::states
