#include "services/logs/operations/support.h"

namespace stepwell::logs {
namespace {
constexpr std::size_t max_policies = 10;
}

Task<Result<wire::Reply>> put_resource_policy(Logs& logs, wire::Call& call) {
  if (!call.has("policyName") || !call.has("policyDocument")) {
    co_return fail(errors::invalid_parameter("policyName and policyDocument must be specified."));
  }
  const auto lock = co_await logs.archive.changes().lock();
  const Policy policy{.name = std::string(call.text("policyName")),
                      .document = std::string(call.text("policyDocument")),
                      .updated = logs.clock.now()};
  CO_TRY_ASSIGN(const auto policies, logs.policies.list(call.caller));
  const bool is_new = std::ranges::find(policies, policy.name, &Policy::name) == policies.end();
  if (is_new && policies.size() >= max_policies) co_return fail(errors::policy_limit_exceeded());
  CO_TRY(co_await logs.policies.save(call.caller, policy));
  co_return reply_with(json::ObjectBuilder(call.arena).add("resourcePolicy", show_policy(call.arena, policy)).build());
}

}  // namespace stepwell::logs
