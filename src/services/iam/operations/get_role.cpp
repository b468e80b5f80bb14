#include "services/iam/operations/support.h"

namespace stepwell::iam {

Task<Result<wire::Reply>> get_role(Iam& iam, wire::Call& call) {
  CO_TRY_ASSIGN(const auto known, find_role(iam, call));
  co_return reply_with(call, "Role", show(call.arena, *known));
}

}  // namespace stepwell::iam
