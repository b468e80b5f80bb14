#include "services/iam/operations/support.h"

namespace stepwell::iam {

Task<Result<wire::Reply>> list_access_keys(Iam& iam, wire::Call& call) {
  CO_TRY_ASSIGN(const auto user, find_user(iam, call));
  std::vector<Item> items;
  for (const auto& key : iam.registry.keys(user->account, user->name)) {
    items.push_back({key->id, [key](json::Arena& arena) {
                       return json::ObjectBuilder(arena)
                           .add("UserName", key->user)
                           .add("AccessKeyId", key->id)
                           .add("Status", key->active ? "Active" : "Inactive")
                           .add("CreateDate", date(arena, key->created))
                           .build();
                     }});
  }
  CO_TRY_ASSIGN(const json::Value output, list(call, "AccessKeyMetadata", items));
  co_return reply_with(output);
}

}  // namespace stepwell::iam
