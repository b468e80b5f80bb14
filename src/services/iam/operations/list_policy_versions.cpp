#include "services/iam/operations/support.h"

namespace stepwell::iam {

Task<Result<wire::Reply>> list_policy_versions(Iam& iam, wire::Call& call) {
  CO_TRY_ASSIGN(const auto policy, find_policy(iam, call));
  std::vector<Item> items;
  // The newest first.
  for (const PolicyVersion& version : policy->versions | std::views::reverse) {
    items.push_back(
        {fmt::format("{:010}", ~version.number), [&](json::Arena& arena) { return show(arena, *policy, version); }});
  }
  CO_TRY_ASSIGN(const json::Value output, list(call, "Versions", items));
  co_return reply_with(output);
}

}  // namespace stepwell::iam
