#include "services/logs/policies.h"

#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "lang/policy/parse.h"
#include "store/codec.h"
#include "store/commit.h"

namespace stepwell::logs {
namespace {

using store::Table;

constexpr std::uint8_t version = 1;
constexpr std::size_t max_places = 256;  // whose policies are held together

store::KeyWriter place_of(const wire::Caller& caller) {
  store::KeyWriter key;
  key.text(caller.account).text(caller.region);
  return key;
}

void add_statements(json::Arena& arena, const Policy& policy, std::vector<json::Value>& statements) {
  if (!policy::parse(policy.document, policy::DocumentKind::resource)) return;
  const json::Value document = *json::parse(arena, policy.document);
  const json::Value& stated = *document.find("Statement");
  const auto all = stated.is_array() ? stated.elements() : std::span(&stated, 1);
  statements.insert(statements.end(), all.begin(), all.end());
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

Result<std::string> Policies::together(const wire::Caller& caller) {
  std::string place = place_of(caller).take();
  if (const auto known = together_.find(place); known != together_.end()) return known->second;
  TRY_ASSIGN(const auto policies, list(caller));
  json::Arena arena;
  std::vector<json::Value> statements;
  for (const Policy& policy : policies) add_statements(arena, policy, statements);
  std::string document;
  if (!statements.empty()) {
    document = json::print(json::ObjectBuilder(arena)
                               .add("Version", "2012-10-17")
                               .add("Statement", json::make_array(arena, statements))
                               .build());
  }
  if (together_.size() >= max_places) together_.clear();
  return together_.emplace(std::move(place), std::move(document)).first->second;
}

Task<Result<void>> Policies::save(const wire::Caller& caller, Policy policy) {
  std::string value;
  store::ValueWriter(value).u8(version).signed_varint(policy.updated.time_since_epoch().count()).text(policy.document);
  store::Batch batch;
  batch.put(Table::log_policy, place_of(caller).text(policy.name).view(), value);
  co_return co_await commit(caller, std::move(batch));
}

Task<Result<void>> Policies::remove(const wire::Caller& caller, std::string_view name) {
  store::Batch batch;
  batch.erase(Table::log_policy, place_of(caller).text(name).view());
  co_return co_await commit(caller, std::move(batch));
}

Task<Result<void>> Policies::commit(const wire::Caller& caller, store::Batch batch) {
  CO_TRY(co_await store::commit(*store_, *scheduler_, std::move(batch)));
  together_.erase(place_of(caller).take());
  co_return Result<void>{};
}

}  // namespace stepwell::logs
