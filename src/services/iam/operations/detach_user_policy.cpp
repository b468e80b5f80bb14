#include "services/iam/operations/support.h"

namespace stepwell::iam {

Task<Result<wire::Reply>> detach_user_policy(Iam& iam, wire::Call& call) {
  const auto lock = co_await iam.registry.changes().lock();
  CO_TRY_ASSIGN(const auto known, find_user(iam, call));
  User user = *known;
  CO_TRY(detach_policy(call, user));
  CO_TRY(co_await iam.registry.save(std::move(user)));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::iam
