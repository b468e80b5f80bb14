#include "services/iam/operations/support.h"

namespace stepwell::iam {
namespace {

constexpr std::size_t max_size = 10'240;  // of all inline policies together

}  // namespace

Task<Result<wire::Reply>> put_role_policy(Iam& iam, wire::Call& call) {
  const auto lock = co_await iam.registry.changes().lock();
  CO_TRY_ASSIGN(const auto known, find_role(iam, call));
  Role role = *known;
  CO_TRY(put_inline(call, role, "role", max_size));
  CO_TRY(co_await iam.registry.save(std::move(role)));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::iam
