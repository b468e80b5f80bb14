#include "services/iam/key_ids.h"
#include "services/iam/operations/support.h"

namespace stepwell::iam {
namespace {

constexpr std::size_t max_policies = 1'500;

}  // namespace

Task<Result<wire::Reply>> create_policy(Iam& iam, wire::Call& call) {
  const auto lock = co_await iam.registry.changes().lock();
  ManagedPolicy policy;
  policy.account = call.caller.account;
  policy.name = call.text("PolicyName");
  policy.path = call.optional_text("Path").value_or("/");
  policy.description = call.text("Description");
  policy.created = policy.updated = iam.clock.now();
  PolicyVersion version{
      .document = std::string(call.text("PolicyDocument")), .created = policy.created, .compiled = {}};
  CO_TRY_ASSIGN(version.compiled, compile(version.document, policy::DocumentKind::identity, max_policy, "PolicySize"));
  policy.versions.push_back(std::move(version));
  if (iam.registry.is_taken_policy(policy.account, policy.name)) co_return fail(errors::policy_exists(policy.name));
  if (iam.registry.policies(policy.account).size() >= max_policies) {
    co_return fail(errors::quota_exceeded("PoliciesPerAccount", max_policies));
  }
  CO_TRY(add_tags(call, policy.tags));
  policy.id = make_entity_id(policy_id);
  const wire::Reply reply = reply_with(call, "Policy", show(call.arena, iam, policy));
  CO_TRY(co_await iam.registry.save(std::move(policy)));
  co_return reply;
}

}  // namespace stepwell::iam
