#include "services/iam/operations/support.h"

namespace stepwell::iam {

Task<Result<wire::Reply>> delete_policy(Iam& iam, wire::Call& call) {
  const auto lock = co_await iam.registry.changes().lock();
  CO_TRY_ASSIGN(const auto policy, find_own_policy(iam, call));
  const std::string arn = policy->arn();
  if (iam.registry.attachments(arn) + iam.registry.bounded_by(arn) > 0) {
    co_return fail(errors::delete_conflict("Cannot delete a policy attached to entities."));
  }
  if (policy->versions.size() > 1) {
    co_return fail(errors::delete_conflict(
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. "
        "The default version is deleted with the policy."));
  }
  CO_TRY(co_await iam.registry.remove(*policy));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::iam
