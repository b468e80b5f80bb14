#include "services/iam/operations/support.h"

namespace stepwell::iam {

Task<Result<wire::Reply>> list_attached_role_policies(Iam& iam, wire::Call& call) {
  CO_TRY_ASSIGN(const auto known, find_role(iam, call));
  CO_TRY_ASSIGN(const json::Value output, list_attached(iam, call, *known));
  co_return reply_with(output);
}

}  // namespace stepwell::iam
