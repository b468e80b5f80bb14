#include "services/states/aliases.h"

#include "store/codec.h"
#include "store/commit.h"

#include <algorithm>

#include <fmt/format.h>

namespace stepwell::states {
namespace {

using store::Table;

Error unreadable(std::string_view machine_arn) {
  return internal_error(fmt::format("The record of an alias of {} cannot be read.", machine_arn));
}

}  // namespace

Result<std::optional<AliasRecord>> Aliases::find(std::string_view machine_arn, std::string_view name) const {
  const std::string key = alias_key(machine_arn, name);
  TRY_ASSIGN(const auto value, store_->get(Table::machine_alias, key));
  if (!value) return std::nullopt;
  auto record = decode_alias(key, *value);
  if (!record) return fail(unreadable(machine_arn));
  return record;
}

Result<std::vector<AliasRecord>> Aliases::list(std::string_view machine_arn, VersionNumber version,
                                               std::string_view after, std::size_t limit) const {
  const std::string prefix = aliases_prefix(machine_arn);
  const std::string from = after.empty() ? prefix : alias_key(machine_arn, after);
  const auto cursor = store_->scan(Table::machine_alias, from, store::prefix_end(prefix), store::Direction::forward);
  std::vector<AliasRecord> records;
  for (; cursor->valid() && records.size() < limit; cursor->next()) {
    auto record = decode_alias(cursor->key(), cursor->value());
    if (!record) return fail(unreadable(machine_arn));
    const bool names_it =
        version == 0 || std::ranges::find(record->routes, version, &Route::version) != record->routes.end();
    if (names_it && record->name != after) records.push_back(std::move(*record));
  }
  TRY(cursor->status());
  return records;
}

Task<Result<void>> Aliases::save(std::string machine_arn, AliasRecord record) {
  store::Batch batch;
  batch.put(Table::machine_alias, alias_key(machine_arn, record.name), encode(record));
  co_return co_await store::commit(*store_, *scheduler_, std::move(batch));
}

Task<Result<void>> Aliases::remove(std::string machine_arn, std::string name) {
  store::Batch batch;
  batch.erase(Table::machine_alias, alias_key(machine_arn, name));
  co_return co_await store::commit(*store_, *scheduler_, std::move(batch));
}

VersionNumber choose(const AliasRecord& alias, Random& random) {
  auto ticket = static_cast<std::int64_t>(random.next() % 100);
  for (const Route& route : alias.routes) {
    if (ticket < route.weight) return route.version;
    ticket -= route.weight;
  }
  return alias.routes.back().version;
}

}  // namespace stepwell::states
