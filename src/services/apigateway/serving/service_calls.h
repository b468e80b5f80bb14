#pragma once
// Calls that an API makes of services of this program, within a time.

#include "base/ports.h"
#include "base/task.h"
#include "base/timer.h"
#include "services/directory/directory.h"
#include "wire/call.h"

#include <memory>
#include <optional>
#include <string>

namespace stepwell::apigateway {

struct ServiceCall {
  std::string service;
  std::string operation;
  wire::Call call;
  Result<wire::Reply> reply = fail(Error{});
  std::stop_source given_up;
};

class ServiceCalls {
 public:
  ServiceCalls(directory::Directory& directory, Scheduler& scheduler) : directory_(directory), scheduler_(scheduler) {}

  directory::Directory& directory() const { return directory_; }

  // A call in the API's account and region. Where access is controlled, it is made with the role or, where there is
  // none, as API Gateway. `source_arn` is the route or authorizer that it is made for. Error "AccessDenied".
  Result<std::shared_ptr<ServiceCall>> prepare(std::string service, std::string operation, const wire::Caller& caller,
                                               const std::string& role, const std::string& source_arn) const;

  // False: it has not been answered in time; what it does goes on.
  Task<bool> make(std::shared_ptr<ServiceCall> call, Duration timeout) const;

 private:
  directory::Directory& directory_;
  Scheduler& scheduler_;
};

}  // namespace stepwell::apigateway
