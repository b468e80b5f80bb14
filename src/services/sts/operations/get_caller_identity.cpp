#include "services/sts/operations/support.h"

namespace stepwell::sts {

Task<Result<wire::Reply>> get_caller_identity(Sts&, wire::Call& call) {
  const wire::Principal principal = principal_of(call.caller);
  co_return reply_with(json::ObjectBuilder(call.arena)
                           .add("UserId", principal.id)
                           .add("Account", principal.account)
                           .add("Arn", principal.arn)
                           .build());
}

}  // namespace stepwell::sts
