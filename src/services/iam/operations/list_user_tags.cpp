#include "services/iam/operations/support.h"

namespace stepwell::iam {

Task<Result<wire::Reply>> list_user_tags(Iam& iam, wire::Call& call) {
  CO_TRY_ASSIGN(const auto known, find_user(iam, call));
  CO_TRY_ASSIGN(const json::Value output, list_tags(call, known->tags));
  co_return reply_with(output);
}

}  // namespace stepwell::iam
