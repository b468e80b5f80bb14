#include "engine/check/rows.h"

#include "store/codec.h"

#include <fmt/format.h>

namespace stepwell::engine::check {

void unreadable(std::string_view what) {
  throw StorageLost({.fault = Fault::server,
                     .code = "StorageCorrupted",
                     .message = fmt::format("The record of {} cannot be read.", what),
                     .detail = {}});
}

std::optional<std::string> read(store::Store& store, Table table, std::string_view key) {
  auto value = store.get(table, key);
  if (!value) throw StorageLost(std::move(value).error());
  return std::move(*value);
}

bool exists(store::Store& store, Table table, std::string_view key) { return read(store, table, key).has_value(); }

std::vector<Row> rows(store::Store& store, Table table, std::string_view prefix) {
  std::vector<Row> found;
  const auto cursor = store.scan(table, prefix, store::prefix_end(prefix), store::Direction::forward);
  for (; cursor->valid(); cursor->next()) found.emplace_back(cursor->key(), cursor->value());
  if (auto status = cursor->status(); !status) throw StorageLost(std::move(status).error());
  return found;
}

std::optional<ExecutionRecord> read_record(store::Store& store, ExecutionId id) {
  const auto value = read(store, Table::execution, execution_key(id));
  if (!value) return std::nullopt;
  auto record = decode_execution(*value);
  if (!record) unreadable("an execution");
  return record;
}

}  // namespace stepwell::engine::check
