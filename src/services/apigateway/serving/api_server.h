#pragma once
// Serving APIs (execute-api): from a request to the route that it is for, past who guards it, to its integration and
// back. Requests carry no signature of AWS; who may call is for the API to say.

#include "base/http_client.h"
#include "base/ports.h"
#include "base/timer.h"
#include "services/apigateway/serving/address.h"
#include "services/apigateway/serving/authorization.h"
#include "services/apigateway/serving/exchange.h"
#include "services/apigateway/serving/invocation.h"
#include "services/apigateway/serving/service_calls.h"
#include "services/apigateway/serving/stages.h"
#include "services/directory/directory.h"

#include <string_view>

namespace stepwell::apigateway {

// The largest body of a request, and of an integration's answer.
inline constexpr std::size_t max_api_body = 10U << 20U;

class ApiServer {
 public:
  struct Ports {
    Clock& clock;
    Scheduler& scheduler;
    Random& random;
    Log& log;
    directory::Directory& directory;
    http::Client& client;
    store::Store& store;
    const Apis& apis;
  };
  explicit ApiServer(const Ports& ports);

  // Who has signed requests (AWS_IAM). Nobody can sign before it is given.
  void use(Identify identify) { authorization_.use(std::move(identify)); }

  // `request` is one that api_address finds the API of.
  Task<http::Response> answer(http::Request request);

  // Whether there is such an API.
  bool has(std::string_view api);

  void forget(std::string_view api) { stages_.forget(api); }
  void forget_authorizations(std::string_view api) { authorization_.forget(api); }

 private:
  Task<http::Response> serve(Exchange& exchange);
  void write_log(const Exchange& exchange, const http::Response& response);
  std::string new_request_id();

  Ports ports_;
  ServiceCalls calls_;
  Invoker invoker_;
  Stages stages_;
  Authorization authorization_;
};

}  // namespace stepwell::apigateway
