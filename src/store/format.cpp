#include "store/format.h"

#include "store/codec.h"
#include "store/errors.h"

#include <future>

#include <fmt/format.h>

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

Result<void> write_format(Store& store) {
  std::string value;
  ValueWriter(value).varint(format_number);
  Batch batch;
  batch.put(Table::meta, format_key, value);
  std::promise<Result<void>> done;
  store.commit(std::move(batch), [&done](Result<void> result) { done.set_value(std::move(result)); });
  return done.get_future().get();
}

}  // namespace

Result<void> ensure_format(Store& store, std::string_view place) {
  TRY_ASSIGN(const std::optional<std::string> value, store.get(Table::meta, format_key));
  if (!value) {
    TRY_ASSIGN(const bool foreign, holds_data(store));
    if (foreign) return fail(data_format_unknown(place, "no format number", format_number));
    return write_format(store);
  }
  ValueReader reader(*value);
  const std::uint64_t found = reader.varint();
  if (!reader.ok()) return fail(data_format_unknown(place, "an unreadable format number", format_number));
  if (found != format_number) {
    return fail(data_format_unknown(place, fmt::format("format {}", found), format_number));
  }
  return {};
}

}  // namespace stepwell::store
