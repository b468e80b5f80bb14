#include "services/iam/operations/support.h"

namespace stepwell::iam {
namespace {

json::Value show_root(json::Arena& arena, std::string_view account) {
  return json::ObjectBuilder(arena)
      .add("Path", "/")
      .add("UserName", "root")
      .add("UserId", account)
      .add("Arn", root_of(account)->arn)
      .add("CreateDate", date(arena, Timestamp{}))
      .build();
}

}  // namespace

Task<Result<wire::Reply>> get_user(Iam& iam, wire::Call& call) {
  // The account's root has no name, and is shown as itself.
  const wire::Principal* principal = call.caller.principal.get();
  if (!call.has("UserName") && (principal == nullptr || principal->kind == wire::Principal::Kind::root)) {
    co_return reply_with(call, "User", show_root(call.arena, call.caller.account));
  }
  CO_TRY_ASSIGN(const auto known, find_user(iam, call));
  co_return reply_with(call, "User", show(call.arena, *known));
}

}  // namespace stepwell::iam
