#include "services/iam/operations/support.h"

namespace stepwell::iam {

Task<Result<wire::Reply>> update_user(Iam& iam, wire::Call& call) {
  const auto lock = co_await iam.registry.changes().lock();
  CO_TRY_ASSIGN(const auto known, find_user(iam, call));
  User user = *known;
  if (call.has("NewPath")) user.path = call.text("NewPath");
  if (call.has("NewUserName")) user.name = call.text("NewUserName");
  const bool same_place = lower(user.name) == lower(known->name);
  if (!same_place && iam.registry.is_taken_user(user.account, user.name))
    co_return fail(errors::user_exists(user.name));
  CO_TRY(co_await iam.registry.rename(*known, std::move(user)));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::iam
