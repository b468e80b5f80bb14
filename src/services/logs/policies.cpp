#include "services/logs/policies.h"

#include "store/codec.h"
#include "store/commit.h"

namespace stepwell::logs {
namespace {

using store::Table;

constexpr std::uint8_t version = 1;

store::KeyWriter place_of(const wire::Caller& caller) {
  store::KeyWriter key;
  key.text(caller.account).text(caller.region);
  return key;
}

}  // namespace

Result<std::vector<Policy>> Policies::list(const wire::Caller& caller) const {
  const std::string prefix = place_of(caller).take();
  const auto cursor = store_->scan(Table::log_policy, prefix, store::prefix_end(prefix), store::Direction::forward);
  std::vector<Policy> policies;
  for (; cursor->valid(); cursor->next()) {
    store::KeyReader key(cursor->key());
    key.text();
    key.text();
    store::ValueReader in(cursor->value());
    Policy policy;
    policy.name = key.text();
    const bool known = in.u8() == version;
    policy.updated = Timestamp{Duration{in.signed_varint()}};
    policy.document = in.text();
    if (!known || !in.ok()) return fail(internal_error(fmt::format("Policy {} cannot be read.", policy.name)));
    policies.push_back(std::move(policy));
  }
  TRY(cursor->status());
  return policies;
}

Task<Result<void>> Policies::save(const wire::Caller& caller, Policy policy) {
  std::string value;
  store::ValueWriter(value).u8(version).signed_varint(policy.updated.time_since_epoch().count()).text(policy.document);
  store::Batch batch;
  batch.put(Table::log_policy, place_of(caller).text(policy.name).view(), value);
  co_return co_await store::commit(*store_, *scheduler_, std::move(batch));
}

Task<Result<void>> Policies::remove(const wire::Caller& caller, std::string_view name) {
  store::Batch batch;
  batch.erase(Table::log_policy, place_of(caller).text(name).view());
  co_return co_await store::commit(*store_, *scheduler_, std::move(batch));
}

}  // namespace stepwell::logs
