#include "services/apigateway/serving/service_calls.h"

namespace stepwell::apigateway {
namespace {
constexpr std::string_view service_name = "apigateway.amazonaws.com";
}

Result<std::shared_ptr<ServiceCall>> ServiceCalls::prepare(std::string service, std::string operation,
                                                           const wire::Caller& caller, const std::string& role,
                                                           const std::string& source_arn) const {
  auto made = std::make_shared<ServiceCall>();
  made->service = std::move(service);
  made->operation = std::move(operation);
  made->call.caller = caller;
  made->call.gone = made->given_up.get_token();
  if (!directory_.is_enforced()) return made;
  if (role.empty()) {
    made->call.caller.principal = std::make_shared<wire::ServicePrincipal>(std::string(service_name), source_arn);
    return made;
  }
  TRY_ASSIGN(made->call.caller.principal,
             directory_.access()->assume_for(
                 service_name, {.role_arn = role, .session_name = "apigateway", .source_arn = source_arn}));
  return made;
}

Task<bool> ServiceCalls::make(std::shared_ptr<ServiceCall> call, Duration timeout) const {
  const Pending<bool> answered;
  const auto settle = [answered](bool in_time) {
    if (!answered.is_set()) answered.set(in_time);
  };
  const auto timer = scheduler_.after(timeout, [settle] { settle(false); });
  start(directory_.call(call->service, call->operation, call->call),
        [call, settle](std::optional<Result<wire::Reply>> reply, const std::exception_ptr& failure) {
          if (failure != nullptr || !reply) {
            call->reply = fail(internal_error("A call that an API makes has ended with an exception."));
          } else {
            call->reply = std::move(*reply);
          }
          settle(true);
        });
  co_return co_await answered;
}

}  // namespace stepwell::apigateway
