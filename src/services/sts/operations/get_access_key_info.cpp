#include "services/sts/operations/support.h"

namespace stepwell::sts {

Task<Result<wire::Reply>> get_access_key_info(Sts& sts, wire::Call& call) {
  CO_TRY_ASSIGN(const std::string account, sts.access.account_of(call.text("AccessKeyId")));
  co_return reply_with(json::ObjectBuilder(call.arena).add("Account", account).build());
}

}  // namespace stepwell::sts
