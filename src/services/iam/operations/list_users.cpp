#include "services/iam/operations/support.h"

namespace stepwell::iam {
namespace {

// A listing shows neither tags nor boundaries.
User without_tags(User user) {
  user.tags.clear();
  user.boundary.clear();
  return user;
}

}  // namespace

Task<Result<wire::Reply>> list_users(Iam& iam, wire::Call& call) {
  const std::string_view prefix = call.optional_text("PathPrefix").value_or("/");
  std::vector<Item> items;
  for (const auto& user : iam.registry.users(call.caller.account)) {
    if (!user->path.starts_with(prefix)) continue;
    items.push_back({lower(user->name), [user](json::Arena& arena) { return show(arena, without_tags(*user)); }});
  }
  CO_TRY_ASSIGN(const json::Value output, list(call, "Users", items));
  co_return reply_with(output);
}

}  // namespace stepwell::iam
