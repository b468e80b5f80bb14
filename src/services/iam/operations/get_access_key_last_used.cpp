#include "services/iam/operations/support.h"

namespace stepwell::iam {

Task<Result<wire::Reply>> get_access_key_last_used(Iam& iam, wire::Call& call) {
  const auto key = iam.registry.find_key(call.text("AccessKeyId"));
  if (key == nullptr || key->account != call.caller.account) {
    co_return fail(errors::no_such_access_key(call.text("AccessKeyId")));
  }
  json::ObjectBuilder used(call.arena);
  const LastUse* use = iam.access.last_use(key->id);
  if (use != nullptr) used.add("LastUsedDate", date(call.arena, use->at));
  used.add("ServiceName", use == nullptr ? "N/A" : std::string_view(use->service));
  used.add("Region", use == nullptr ? "N/A" : std::string_view(use->region));
  co_return reply_with(
      json::ObjectBuilder(call.arena).add("UserName", key->user).add("AccessKeyLastUsed", used.build()).build());
}

}  // namespace stepwell::iam
