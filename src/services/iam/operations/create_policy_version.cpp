#include "services/iam/operations/support.h"

namespace stepwell::iam {
namespace {

constexpr std::size_t max_versions = 5;

}  // namespace

Task<Result<wire::Reply>> create_policy_version(Iam& iam, wire::Call& call) {
  const auto lock = co_await iam.registry.changes().lock();
  CO_TRY_ASSIGN(const auto known, find_own_policy(iam, call));
  if (known->versions.size() >= max_versions) {
    co_return fail(
        errors::limit_exceeded("A managed policy can have up to 5 versions. Before you create a new version, you must "
                               "delete an existing version."));
  }
  ManagedPolicy policy = *known;
  PolicyVersion version{.number = ++policy.last_version,
                        .document = std::string(call.text("PolicyDocument")),
                        .created = iam.clock.now(),
                        .compiled = {}};
  CO_TRY_ASSIGN(version.compiled, compile(version.document, policy::DocumentKind::identity, max_policy, "PolicySize"));
  if (call.flag("SetAsDefault")) policy.default_version = version.number;
  policy.updated = version.created;
  const wire::Reply reply = reply_with(call, "PolicyVersion", show(call.arena, policy, version));
  policy.versions.push_back(std::move(version));
  CO_TRY(co_await iam.registry.save(std::move(policy)));
  co_return reply;
}

}  // namespace stepwell::iam
