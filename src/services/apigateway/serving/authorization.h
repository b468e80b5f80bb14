#pragma once
// Whether a request is let in to its route: JWT authorizers, Lambda authorizers, AWS_IAM.

#include "base/ports.h"
#include "services/apigateway/jwt/keys.h"
#include "services/apigateway/serving/exchange.h"
#include "services/apigateway/serving/invocation.h"
#include "services/apigateway/serving/verdicts.h"
#include "services/directory/access.h"

#include <functional>
#include <optional>
#include <string_view>

namespace stepwell::apigateway {

// Who has signed a request.
struct Signer {
  directory::PrincipalPtr principal;
  std::string access_key;
};
using Identify = std::function<Result<Signer>(http::Request& request)>;

class Authorization {
 public:
  Authorization(const Invoker& invoker, Clock& clock)
      : invoker_(invoker), clock_(clock), keys_(invoker.client, clock), verdicts_(clock) {}

  void use(Identify identify) { identify_ = std::move(identify); }
  void forget(std::string_view api) { verdicts_.forget(api); }

  // The answer for one who is not let in. `exchange` has its route; who has been let in is written there.
  Task<std::optional<http::Response>> check(Exchange& exchange);

 private:
  Task<std::optional<http::Response>> check_token(Exchange& exchange, const Authorizer& authorizer);
  Task<std::optional<http::Response>> ask_function(Exchange& exchange, const Authorizer& authorizer);
  std::optional<http::Response> check_signature(Exchange& exchange);

  const Invoker& invoker_;
  Clock& clock_;
  IssuerKeys keys_;
  Verdicts verdicts_;
  Identify identify_;
};

}  // namespace stepwell::apigateway
