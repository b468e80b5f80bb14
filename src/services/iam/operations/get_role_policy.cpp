#include "services/iam/operations/support.h"

namespace stepwell::iam {

Task<Result<wire::Reply>> get_role_policy(Iam& iam, wire::Call& call) {
  CO_TRY_ASSIGN(const auto known, find_role(iam, call));
  CO_TRY_ASSIGN(const json::Value output, show_inline(call, *known, "role"));
  co_return reply_with(output);
}

}  // namespace stepwell::iam
