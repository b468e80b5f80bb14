#pragma once
// Reading rows for the rules. What cannot be read throws StorageLost; the checker reports it as such.

#include "engine/records.h"
#include "engine/storage_lost.h"
#include "store/store.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stepwell::engine::check {

using store::Table;
using Row = std::pair<std::string, std::string>;  // key, value

[[noreturn]] void unreadable(std::string_view what);
std::optional<std::string> read(store::Store& store, Table table, std::string_view key);
bool exists(store::Store& store, Table table, std::string_view key);
// The rows whose keys begin with `prefix`.
std::vector<Row> rows(store::Store& store, Table table, std::string_view prefix);
std::optional<ExecutionRecord> read_record(store::Store& store, ExecutionId id);

// Every row of a table: visit(key, value).
template <typename Visit>
void for_each(store::Store& store, Table table, Visit visit) {
  const auto cursor = store.scan(table, {}, {}, store::Direction::forward);
  for (; cursor->valid(); cursor->next()) visit(cursor->key(), cursor->value());
  if (auto status = cursor->status(); !status) throw StorageLost(std::move(status).error());
}

// Every execution that a table has rows of, of those whose keys begin with the execution: visit(id).
template <typename Visit>
void for_each_owner(store::Store& store, Table table, Visit visit) {
  std::string from;
  while (true) {
    const auto cursor = store.scan(table, from, {}, store::Direction::forward);
    if (auto status = cursor->status(); !status) throw StorageLost(std::move(status).error());
    if (!cursor->valid()) return;
    constexpr std::size_t id_bytes = sizeof(ShardId) + sizeof(std::uint64_t);
    const auto id = read_execution_key(cursor->key().substr(0, id_bytes));
    if (!id) unreadable("a key");
    visit(*id);
    // One more than the execution's serial; the last execution of a shard ends it.
    ExecutionId next = *id;
    if (++next.serial == 0) ++next.shard;
    from = execution_key(next);
  }
}

}  // namespace stepwell::engine::check
