#include "services/iam/key_ids.h"
#include "services/iam/operations/support.h"

namespace stepwell::iam {
namespace {

constexpr std::size_t max_users = 5'000;

}  // namespace

Task<Result<wire::Reply>> create_user(Iam& iam, wire::Call& call) {
  const auto lock = co_await iam.registry.changes().lock();
  User user;
  user.account = call.caller.account;
  user.name = call.text("UserName");
  user.path = call.optional_text("Path").value_or("/");
  user.created = iam.clock.now();
  if (iam.registry.is_taken_user(user.account, user.name)) co_return fail(errors::user_exists(user.name));
  if (iam.registry.users(user.account).size() >= max_users)
    co_return fail(errors::quota_exceeded("UsersPerAccount", max_users));
  CO_TRY_ASSIGN(user.boundary, boundary_of(iam, call));
  CO_TRY(add_tags(call, user.tags));
  user.id = make_entity_id(user_id);
  const wire::Reply reply = reply_with(call, "User", show(call.arena, user));
  CO_TRY(co_await iam.registry.save(std::move(user)));
  co_return reply;
}

}  // namespace stepwell::iam
