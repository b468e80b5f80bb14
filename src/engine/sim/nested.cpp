#include "engine/sim/nested.h"

#include "engine/queries.h"
#include "store/codec.h"

namespace stepwell::engine::sim {

void Nested::finish(const TaskRef& task) {
  const auto found = starting_.find(task);
  if (found == starting_.end() || --found->second.attempts > 0) return;
  const Starting meanwhile = found->second;
  starting_.erase(found);
  if (meanwhile.cancelled) cancelled(task);
  if (meanwhile.ended) ended(*meanwhile.ended);
}

void Nested::ended(const NestedExecution& nested) {
  if (const auto found = starting_.find(nested.task); found != starting_.end()) {
    found->second.ended = nested;
  } else {
    process_.scheduler().post([this, nested] { tell(nested); });
  }
}

void Nested::cancelled(const TaskRef& task) {
  if (const auto found = starting_.find(task); found != starting_.end()) {
    found->second.cancelled = true;
  } else {
    process_.scheduler().post([this, task] { stop(task); });
  }
}

void Nested::tell(const NestedExecution& nested) {
  const auto view = Queries(process_.store()).describe(nested.execution);
  if (!view) return try_again();
  if (!*view) return;
  auto told = [this, task = nested.task](const Result<void>& outcome) {
    if (outcome) return;
    if (outcome.error().fault == stepwell::Fault::server) return try_again();
    process_.scheduler().post([this, task] { forget(task); });
  };
  Shard& shard = process_.engine().shard(nested.task.execution);
  if ((*view)->record.status == Status::succeeded)
    shard.complete_task(nested.task, R"({"ended":"well"})", std::move(told));
  else
    shard.fail_task(nested.task, "States.TaskFailed", std::nullopt, std::move(told));
}

void Nested::stop(const TaskRef& task) {
  const std::string key = nested_key(NestedRow::waiting, task);
  const auto value = process_.store().get(store::Table::nested_execution, key);
  if (!value) return try_again();
  const auto nested = *value ? read_nested(key, **value) : std::nullopt;
  if (!nested) return forget(task);
  // It has ended, and nobody wants to hear of that.
  const auto ended = process_.store().get(store::Table::nested_execution, nested_key(NestedRow::ended, task));
  if (!ended) return try_again();
  if (*ended) return forget(task);
  process_.engine()
      .shard(nested->execution)
      .stop(nested->execution, std::nullopt, "given up", [this, task](const Result<Timestamp>& stopped) {
        if (stopped) return;  // its end is told to the task, which refuses it
        if (stopped.error().fault == stepwell::Fault::server) return try_again();
        process_.scheduler().post([this, task] { forget(task); });
      });
}

void Nested::forget(const TaskRef& task) {
  store::Batch batch;
  for (const NestedRow row : {NestedRow::waiting, NestedRow::ended, NestedRow::cancelled}) {
    batch.erase(store::Table::nested_execution, nested_key(row, task));
  }
  process_.store().commit(std::move(batch), [this](const Result<void>& result) {
    if (!result) process_.scheduler().post([this] { try_again(); });
  });
}

void Nested::try_again() {
  if (next_try_) return;
  next_try_ = process_.scheduler().after(std::chrono::seconds(1), [this] {
    next_try_.reset();
    take_up();
  });
}

void Nested::take_up() {
  for (const NestedRow row : {NestedRow::cancelled, NestedRow::ended}) {
    const std::string prefix = nested_prefix(row);
    const auto cursor = process_.store().scan(store::Table::nested_execution, prefix, store::prefix_end(prefix),
                                              store::Direction::forward);
    for (; cursor->valid(); cursor->next()) {
      const auto nested = read_nested(cursor->key(), cursor->value());
      if (row == NestedRow::ended)
        ended(*nested);
      else
        cancelled(nested->task);
    }
    if (!cursor->status()) try_again();
  }
}

}  // namespace stepwell::engine::sim
