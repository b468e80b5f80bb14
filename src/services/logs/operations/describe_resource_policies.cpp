#include "services/logs/operations/support.h"

namespace stepwell::logs {

// There are ten at most, so one page holds them all.
Task<Result<wire::Reply>> describe_resource_policies(Logs& logs, wire::Call& call) {
  CO_TRY_ASSIGN(const auto policies, logs.policies.list(call.caller));
  std::vector<json::Value> items;
  for (const Policy& policy : policies) items.push_back(show_policy(call.arena, policy));
  co_return reply_with(
      json::ObjectBuilder(call.arena).add("resourcePolicies", json::make_array(call.arena, items)).build());
}

}  // namespace stepwell::logs
