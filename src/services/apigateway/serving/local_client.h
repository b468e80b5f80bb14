#pragma once
// The HTTP client of services that call APIs (tasks, rules): an API that is here is asked without a network, whatever
// its name leads to elsewhere; all other calls go on to the client behind.

#include "base/http_client.h"

namespace stepwell::apigateway {

class ApiServer;

class LocalClient final : public http::Client {
 public:
  explicit LocalClient(http::Client& others) : others_(others) {}
  // Before that, every call goes on.
  void use(ApiServer& server) { server_ = &server; }

  Task<Result<http::Response>> send(http::Call call) override;

 private:
  http::Client& others_;
  ApiServer* server_ = nullptr;
};

}  // namespace stepwell::apigateway
