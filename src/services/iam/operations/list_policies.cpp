#include "services/iam/aws_policies.h"
#include "services/iam/operations/support.h"

namespace stepwell::iam {

Task<Result<wire::Reply>> list_policies(Iam& iam, wire::Call& call) {
  const std::string_view prefix = call.optional_text("PathPrefix").value_or("/");
  const std::string_view scope = call.optional_text("Scope").value_or("All");
  std::vector<Registry::PolicyPtr> policies;
  if (scope != "AWS") policies = iam.registry.policies(call.caller.account);
  if (scope != "Local") policies.insert(policies.end(), aws_policies().begin(), aws_policies().end());
  std::vector<Item> items;
  for (const auto& policy : policies) {
    if (!policy->path.starts_with(prefix)) continue;
    if (call.flag("OnlyAttached") && iam.registry.attachments(policy->arn()) == 0) continue;
    items.push_back({policy->arn(), [policy, &iam](json::Arena& arena) { return show(arena, iam, *policy); }});
  }
  std::ranges::sort(items, {}, &Item::key);
  CO_TRY_ASSIGN(const json::Value output, list(call, "Policies", items));
  co_return reply_with(output);
}

}  // namespace stepwell::iam
