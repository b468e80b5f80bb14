#pragma once
// The only door between services, and from the wire to a service: call(service, operation, input, caller).
//
// A service is local (its operations run here) or elsewhere (an endpoint given with --endpoint SERVICE=URL; the call is
// encoded with the service's own protocol and sent there).

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/http_client.h"
#include "base/task.h"
#include "wire/api_model.h"
#include "wire/call.h"

namespace stepwell::directory {

class Service {
 public:
  virtual ~Service() = default;
  virtual const wire::ApiModel& model() const = 0;
  // Runs one operation of the model. `call` outlives the task. What is not built yet answers Error "NotImplemented" that
  // names the operation (status 501).
  virtual Task<Result<wire::Reply>> call(wire::Call& call) = 0;
};

class Directory {
 public:
  void add(std::unique_ptr<Service> service);
  // Calls of `service` (its signing name) go to `url` from now on.
  void redirect(std::string service, std::string url);

  const std::vector<const wire::ApiModel*>& models() const { return models_; }
  Service* find(std::string_view service) const;

  // Validates and runs a call that comes from inside (an integration). `call.operation` is found by name.
  // Error "ServiceNotFound" when no service of that name is here or configured.
  Task<Result<wire::Reply>> call(std::string service, std::string operation, wire::Call& call);

 private:
  std::vector<std::unique_ptr<Service>> services_;
  std::vector<const wire::ApiModel*> models_;
};

}  // namespace stepwell::directory
