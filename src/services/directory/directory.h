#pragma once
// The only door between services, and from the wire to a service: call(service, operation, input, caller).
//
// A service is local (its operations run here) or elsewhere (an endpoint given with --endpoint SERVICE=URL: a
// RemoteService, which encodes the call with the service's own protocol and sends it there).

#include "base/error.h"
#include "base/task.h"
#include "store/store.h"
#include "wire/api_model.h"
#include "wire/call.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::directory {

class Service {
 public:
  virtual ~Service() = default;
  virtual const wire::ApiModel& model() const = 0;
  // Runs one operation of the model. `call` outlives the task. What is not built yet answers Error "NotImplemented"
  // that names the operation (status 501).
  virtual Task<Result<wire::Reply>> call(wire::Call& call) = 0;
  // Adds what the operation would write to `batch`, the commit of somebody else, so that both happen or neither does.
  // `call` is as for `call()`. Error "NotFoldable" for an operation that cannot be part of another commit.
  virtual Result<void> fold(wire::Call& call, store::Batch& batch);
  // The program is about to stop: calls that wait for something to come are answered now, as if nothing had come.
  virtual void drain() {}
};

class Directory {
 public:
  // A service goes by its signing name. One that is added later takes the place of an earlier one of the same name, so
  // that calls can be sent elsewhere; nothing may be under way then.
  void add(std::unique_ptr<Service> service);

  const std::vector<const wire::ApiModel*>& models() const { return models_; }
  Service* find(std::string_view service) const;
  void drain() const;  // every service

  // Validates and runs a call that comes from inside (an integration). `call.operation` is found by name. `call`
  // outlives the task. Error "ServiceNotFound" when no service of that name is here or configured, and all of
  // wire/validate.h.
  Task<Result<wire::Reply>> call(std::string service, std::string operation, wire::Call& call);
  // The same as part of the commit of `batch`.
  Result<void> fold(std::string_view service, std::string_view operation, wire::Call& call, store::Batch& batch);

 private:
  Result<Service*> prepare(std::string_view service, std::string_view operation, wire::Call& call) const;

  std::vector<std::unique_ptr<Service>> services_;
  std::vector<const wire::ApiModel*> models_;
};

}  // namespace stepwell::directory
