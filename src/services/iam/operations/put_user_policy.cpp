#include "services/iam/operations/support.h"

namespace stepwell::iam {
namespace {

constexpr std::size_t max_size = 2'048;  // of all inline policies together

}  // namespace

Task<Result<wire::Reply>> put_user_policy(Iam& iam, wire::Call& call) {
  const auto lock = co_await iam.registry.changes().lock();
  CO_TRY_ASSIGN(const auto known, find_user(iam, call));
  User user = *known;
  CO_TRY(put_inline(call, user, "user", max_size));
  CO_TRY(co_await iam.registry.save(std::move(user)));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::iam
