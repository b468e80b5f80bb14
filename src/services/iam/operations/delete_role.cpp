#include "services/iam/operations/support.h"

namespace stepwell::iam {

Task<Result<wire::Reply>> delete_role(Iam& iam, wire::Call& call) {
  const auto lock = co_await iam.registry.changes().lock();
  CO_TRY_ASSIGN(const auto known, find_role(iam, call));
  CO_TRY(check_is_bare(*known));
  CO_TRY(co_await iam.registry.remove(*known));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::iam
