#include "store/format.h"

#include "store/codec.h"
#include "store/errors.h"

#include <future>

namespace stepwell::store {
namespace {

Result<bool> holds_data(Store& store) {
  for (const TableInfo& info : all_tables) {
    const std::unique_ptr<Cursor> cursor = store.scan(info.table, {}, {}, Direction::forward);
    TRY(cursor->status());
    if (cursor->valid()) return true;
  }
  return false;
}

}  // namespace

Result<std::optional<std::uint64_t>> read_format(Store& store) {
  TRY_ASSIGN(const std::optional<std::string> value, store.get(Table::meta, format_key));
  if (!value) return std::nullopt;
  ValueReader reader(*value);
  const std::uint64_t found = reader.varint();
  // No program writes a number of nothing: what cannot be read is as unknown.
  return reader.ok() && reader.at_end() ? found : 0;
}

Result<void> write_format(Store& store, std::uint64_t number) {
  std::string value;
  ValueWriter(value).varint(number);
  Batch batch;
  batch.put(Table::meta, format_key, value);
  std::promise<Result<void>> done;
  store.commit(std::move(batch), [&done](Result<void> result) { done.set_value(std::move(result)); });
  return done.get_future().get();
}

Result<void> ensure_format(Store& store, std::string_view place) {
  TRY_ASSIGN(const std::optional<std::uint64_t> found, read_format(store));
  if (!found) {
    TRY_ASSIGN(const bool foreign, holds_data(store));
    if (foreign) return fail(data_format_unreadable(place));
    return write_format(store, format_number);
  }
  if (*found == 0) return fail(data_format_unreadable(place));
  if (*found > format_number) return fail(data_format_newer(place, *found, format_number));
  if (*found < oldest_format) return fail(data_format_older(place, *found, oldest_format));
  return {};
}

}  // namespace stepwell::store
