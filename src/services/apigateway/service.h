#pragma once
// Amazon API Gateway, version 2, as a service of the directory: HTTP APIs, and serving them.

#include "base/http_client.h"
#include "base/ports.h"
#include "base/timer.h"
#include "services/directory/directory.h"
#include "store/store.h"

#include <functional>
#include <memory>
#include <string>

namespace stepwell::apigateway {

class ApiServer;

struct ServicePorts {
  store::Store& store;
  Scheduler& scheduler;
  Clock& clock;
  Random& random;
  Log& log;
  directory::Directory& directory;
  http::Client& client;  // of HTTP_PROXY integrations and issuers of tokens
  std::function<std::string()> own_url;
};

class Service final : public directory::Service {
 public:
  explicit Service(const ServicePorts& ports);
  ~Service() override;

  ApiServer& server();

  const wire::ApiModel& model() const override;
  Task<Result<wire::Reply>> call(wire::Call& call) override;
  std::vector<directory::Need> needs(const wire::Call& call) const override;
  std::optional<std::string> tag(std::string_view arn, std::string_view key) const override;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace stepwell::apigateway
