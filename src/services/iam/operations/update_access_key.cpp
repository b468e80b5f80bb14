#include "services/iam/operations/support.h"

namespace stepwell::iam {

Task<Result<wire::Reply>> update_access_key(Iam& iam, wire::Call& call) {
  const auto lock = co_await iam.registry.changes().lock();
  CO_TRY_ASSIGN(const std::string name, user_name(call));
  const auto known = iam.registry.find_key(call.text("AccessKeyId"));
  if (known == nullptr || known->account != call.caller.account || known->user != name) {
    co_return fail(errors::no_such_access_key(call.text("AccessKeyId")));
  }
  AccessKey key = *known;
  key.active = call.text("Status") == "Active";
  CO_TRY(co_await iam.registry.save(std::move(key)));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::iam
