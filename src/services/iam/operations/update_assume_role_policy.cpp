#include "services/iam/operations/support.h"

namespace stepwell::iam {

Task<Result<wire::Reply>> update_assume_role_policy(Iam& iam, wire::Call& call) {
  const auto lock = co_await iam.registry.changes().lock();
  CO_TRY_ASSIGN(const auto known, find_role(iam, call));
  Role role = *known;
  role.trust = call.text("PolicyDocument");
  CO_TRY_ASSIGN(role.compiled_trust, compile(role.trust, policy::DocumentKind::trust, max_trust, "ACLSizePerRole"));
  CO_TRY(co_await iam.registry.save(std::move(role)));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::iam
