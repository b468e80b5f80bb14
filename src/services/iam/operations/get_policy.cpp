#include "services/iam/operations/support.h"

namespace stepwell::iam {

Task<Result<wire::Reply>> get_policy(Iam& iam, wire::Call& call) {
  CO_TRY_ASSIGN(const auto policy, find_policy(iam, call));
  co_return reply_with(call, "Policy", show(call.arena, iam, *policy));
}

}  // namespace stepwell::iam
