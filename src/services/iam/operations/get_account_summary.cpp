#include "services/iam/operations/support.h"

namespace stepwell::iam {

Task<Result<wire::Reply>> get_account_summary(Iam& iam, wire::Call& call) {
  const std::string& account = call.caller.account;
  const std::pair<std::string_view, std::size_t> facts[] = {{"Users", iam.registry.users(account).size()},
                                                            {"UsersQuota", 5'000},
                                                            {"Roles", iam.registry.roles(account).size()},
                                                            {"RolesQuota", 5'000},
                                                            {"Policies", iam.registry.policies(account).size()},
                                                            {"PoliciesQuota", 1'500},
                                                            {"PolicySizeQuota", max_policy},
                                                            {"VersionsPerPolicyQuota", 5},
                                                            {"AccessKeysPerUserQuota", 2},
                                                            {"AttachedPoliciesPerUserQuota", 10},
                                                            {"AttachedPoliciesPerRoleQuota", 10}};
  json::ObjectBuilder summary(call.arena);
  for (const auto& [name, count] : facts) summary.add(name, static_cast<std::int64_t>(count));
  co_return reply_with(call, "SummaryMap", summary.build());
}

}  // namespace stepwell::iam
