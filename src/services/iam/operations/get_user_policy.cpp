#include "services/iam/operations/support.h"

namespace stepwell::iam {

Task<Result<wire::Reply>> get_user_policy(Iam& iam, wire::Call& call) {
  CO_TRY_ASSIGN(const auto known, find_user(iam, call));
  CO_TRY_ASSIGN(const json::Value output, show_inline(call, *known, "user"));
  co_return reply_with(output);
}

}  // namespace stepwell::iam
