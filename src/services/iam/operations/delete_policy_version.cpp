#include "services/iam/operations/support.h"

namespace stepwell::iam {

Task<Result<wire::Reply>> delete_policy_version(Iam& iam, wire::Call& call) {
  const auto lock = co_await iam.registry.changes().lock();
  CO_TRY_ASSIGN(const auto known, find_own_policy(iam, call));
  const auto version = find_version(*known, call.text("VersionId"));
  if (version == known->versions.end()) {
    co_return fail(errors::no_such_version(call.text("PolicyArn"), call.text("VersionId")));
  }
  if (version->number == known->default_version) {
    co_return fail(errors::delete_conflict("Cannot delete the default version of a policy."));
  }
  ManagedPolicy policy = *known;
  std::erase_if(policy.versions, [&](const PolicyVersion& one) { return one.number == version->number; });
  policy.updated = iam.clock.now();
  CO_TRY(co_await iam.registry.save(std::move(policy)));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::iam
