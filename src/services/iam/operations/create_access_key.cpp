#include "services/iam/key_ids.h"
#include "services/iam/operations/support.h"

namespace stepwell::iam {
namespace {

constexpr std::size_t max_keys = 2;

}  // namespace

Task<Result<wire::Reply>> create_access_key(Iam& iam, wire::Call& call) {
  const auto lock = co_await iam.registry.changes().lock();
  CO_TRY_ASSIGN(const auto user, find_user(iam, call));
  if (iam.registry.keys(user->account, user->name).size() >= max_keys) {
    co_return fail(errors::quota_exceeded("AccessKeysPerUser", max_keys));
  }
  AccessKey key{.id = make_key_id(permanent_key, user->account),
                .secret = make_secret(),
                .account = user->account,
                .user = user->name,
                .created = iam.clock.now()};
  // The only time that the secret is told.
  const json::Value shown = json::ObjectBuilder(call.arena)
                                .add("UserName", key.user)
                                .add("AccessKeyId", key.id)
                                .add("Status", "Active")
                                .add("SecretAccessKey", key.secret)
                                .add("CreateDate", date(call.arena, key.created))
                                .build();
  CO_TRY(co_await iam.registry.save(std::move(key)));
  co_return reply_with(call, "AccessKey", shown);
}

}  // namespace stepwell::iam
