#pragma once
// Carrying an integration out: a function, an AWS service, or another HTTP endpoint.

#include "base/http_client.h"
#include "base/ports.h"
#include "services/apigateway/serving/exchange.h"
#include "services/apigateway/serving/service_calls.h"

namespace stepwell::apigateway {

struct Invoker {
  const ServiceCalls& calls;
  http::Client& client;
  Random& random;
  Log& log;
};

// The answer for the client, whatever has happened. `exchange` outlives the task; its request mappings have been made.
Task<http::Response> invoke_lambda(const Invoker& invoker, const Exchange& exchange, const Integration& integration);
Task<http::Response> invoke_service(const Invoker& invoker, const Exchange& exchange, const Integration& integration);
Task<http::Response> invoke_http(const Invoker& invoker, const Exchange& exchange, const Integration& integration);

// A function that is called with an event, as integrations and authorizers do.
struct FunctionCall {
  std::string function;  // its ARN
  std::string role;      // empty: none
  std::string source_arn;
  std::string event;
  Duration timeout;
};
// The payload that it returned; nullopt: there is none in time. Errors are those of Lambda, and "FunctionError".
Task<Result<std::optional<std::string>>> call_function(const Invoker& invoker, const Exchange& exchange,
                                                       FunctionCall call);

// The integration with its mappings of request and response.
Task<http::Response> carry_out(const Invoker& invoker, Exchange& exchange, const Integration& integration);

// Who calls services for an API: nobody but the API itself.
wire::Caller caller_of(const Exchange& exchange, Random& random);

}  // namespace stepwell::apigateway
