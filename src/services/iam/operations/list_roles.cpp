#include "services/iam/operations/support.h"

namespace stepwell::iam {
namespace {

// A listing shows neither tags nor boundaries.
Role without_tags(Role role) {
  role.tags.clear();
  role.boundary.clear();
  return role;
}

}  // namespace

Task<Result<wire::Reply>> list_roles(Iam& iam, wire::Call& call) {
  const std::string_view prefix = call.optional_text("PathPrefix").value_or("/");
  std::vector<Item> items;
  for (const auto& role : iam.registry.roles(call.caller.account)) {
    if (!role->path.starts_with(prefix)) continue;
    items.push_back({lower(role->name), [role](json::Arena& arena) { return show(arena, without_tags(*role)); }});
  }
  CO_TRY_ASSIGN(const json::Value output, list(call, "Roles", items));
  co_return reply_with(output);
}

}  // namespace stepwell::iam
