#include "services/logs/operations/support.h"

namespace stepwell::logs {

Task<Result<wire::Reply>> delete_resource_policy(Logs& logs, wire::Call& call) {
  const auto lock = co_await logs.archive.changes().lock();
  const std::string_view name = call.text("policyName");
  CO_TRY_ASSIGN(const auto policies, logs.policies.list(call.caller));
  if (std::ranges::find(policies, name, &Policy::name) == policies.end()) {
    co_return fail(errors::policy_not_found(name));
  }
  CO_TRY(co_await logs.policies.remove(call.caller, name));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::logs
