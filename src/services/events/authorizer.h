#pragma once
// What a connection adds to a request: its authorization, and the headers, query and body members that go with every
// request of it. Tokens of OAuth are kept in memory for as long as they are good.

#include "base/http_client.h"
#include "base/ports.h"
#include "services/deliveries/connections.h"
#include "services/events/registry.h"

#include <string>
#include <unordered_map>

namespace stepwell::events {

class Authorizer final : public deliveries::Connections {
 public:
  Authorizer(Registry& registry, http::Client& client, Clock& clock)
      : registry_(registry), client_(client), clock_(clock) {}

  // Errors "ResourceNotFoundException" for a connection that is gone, "AuthorizationFailed" where its endpoint gives no
  // token, and those of the client.
  Task<Result<http::Call>> authorize(std::string connection_arn, http::Call call) override;
  // The token is asked for again next time.
  void forget(const std::string& connection_arn) { tokens_.erase(connection_arn); }

 private:
  struct Token {
    std::string value;
    std::string document;  // of the connection that it was given for
    Timestamp good_until{};
  };
  Task<Result<std::string>> token_of(std::string connection_arn, std::string document);
  Task<Result<Token>> ask(std::string document);

  Registry& registry_;
  http::Client& client_;
  Clock& clock_;
  std::unordered_map<std::string, Token> tokens_;  // by ARN of the connection; no more than there are connections
};

}  // namespace stepwell::events
