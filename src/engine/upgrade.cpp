#include "engine/upgrade.h"

#include "engine/records.h"
#include "store/format.h"

#include <future>

#include <fmt/format.h>

namespace stepwell::engine {
namespace {

using store::Table;

constexpr std::size_t rows_in_batch = 2'000;

Result<void> commit_and_wait(store::Store& store, store::Batch batch) {
  std::promise<Result<void>> done;
  store.commit(std::move(batch), [&done](Result<void> result) { done.set_value(std::move(result)); });
  return done.get_future().get();
}

// 1 → 2: executions that have ended get their place in the order of the ends, by which retention deletes them.
Result<void> place_ended_executions(store::Store& store) {
  const auto rows = store.scan(Table::execution, {}, {}, store::Direction::forward);
  store::Batch batch;
  for (; rows->valid(); rows->next()) {
    const auto id = read_execution_key(rows->key());
    const auto record = decode_execution(rows->value());
    if (!id || !record) return fail(internal_error("The record of an execution cannot be read."));
    if (record->status == Status::running || !record->stopped) continue;
    batch.put(Table::ended_execution, ended_key({.stopped = *record->stopped, .execution = *id}), {});
    if (batch.operations() >= rows_in_batch) TRY(commit_and_wait(store, std::exchange(batch, {})));
  }
  TRY(rows->status());
  return commit_and_wait(store, std::move(batch));
}

using Step = Result<void> (*)(store::Store& store);

// The step at place n leads from format oldest_format + n to the next.
constexpr Step steps[] = {place_ended_executions};
static_assert(std::size(steps) == store::format_number - store::oldest_format);

}  // namespace

Result<void> upgrade(store::Store& store, Log& log) {
  TRY_ASSIGN(const auto found, store::read_format(store));
  for (std::uint64_t format = found.value_or(store::format_number); format < store::format_number; ++format) {
    log.info(fmt::format("The data is upgraded from format {} to {}.", format, format + 1));
    TRY(steps[format - store::oldest_format](store));
    TRY(store::write_format(store, format + 1));
  }
  return {};
}

}  // namespace stepwell::engine
