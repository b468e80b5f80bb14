#include "engine/nested_executions.h"

#include "store/codec.h"

#include <fmt/format.h>

namespace stepwell::engine {
namespace {

constexpr Duration pause_between_tries{1'000};

// What a stopped execution shows, in AWS's words.
std::string cause_of_stop(std::string_view parent_arn) {
  return fmt::format("The Task state in AWS Step Functions execution [{}] which was managing this resource was aborted",
                     parent_arn);
}

}  // namespace

// The engine and the store are called from the loop, never from within their own calls.
void NestedExecutions::later(std::move_only_function<void(NestedExecutions&)> action) {
  ports_.scheduler.post([weak = weak_from_this(), action = std::move(action)]() mutable {
    if (const auto self = weak.lock()) action(*self);
  });
}

void NestedExecutions::begin(const TaskRef& task) { ++starting_[task].attempts; }

void NestedExecutions::finish(const TaskRef& task) {
  const auto found = starting_.find(task);
  if (found == starting_.end() || --found->second.attempts > 0) return;
  const Starting meanwhile = found->second;
  starting_.erase(found);
  if (meanwhile.cancelled) cancelled(task);
  if (meanwhile.ended) later([nested = *meanwhile.ended](NestedExecutions& self) { self.tell(nested); });
}

void NestedExecutions::ended(const Starter& starter, ExecutionId execution) {
  const NestedExecution nested{.task = starter.task, .execution = execution, .pattern = starter.pattern};
  if (const auto found = starting_.find(starter.task); found != starting_.end()) {
    found->second.ended = nested;
  } else {
    later([nested](NestedExecutions& self) { self.tell(nested); });
  }
}

void NestedExecutions::cancelled(const TaskRef& task) {
  if (const auto found = starting_.find(task); found != starting_.end()) {
    found->second.cancelled = true;
  } else {
    later([task](NestedExecutions& self) { self.stop(task); });
  }
}

void NestedExecutions::tell(const NestedExecution& nested) {
  const auto view = queries_.describe(nested.execution);
  if (!view) return try_again(view.error());
  if (!*view) return ports_.log.error("An execution that a task waits for is gone.");
  // It has been redriven since, before the task was told of its end: the task waits for the next one.
  if ((*view)->record.status == Status::running) return;
  auto reply = [weak = weak_from_this(), task = nested.task](const Result<void>& outcome) {
    if (const auto self = weak.lock()) self->told(task, outcome);
  };
  Shard& shard = ports_.shard(nested.task.execution);
  if ((*view)->record.status == Status::succeeded) {
    shard.complete_task(nested.task, ports_.result_of(**view, nested.pattern), std::move(reply));
  } else {
    shard.fail_task(nested.task, "States.TaskFailed", ports_.result_of(**view, asl::Pattern::sync), std::move(reply));
  }
}

// The commit that answers the task takes its rows away; a task that takes no answer any more leaves them.
void NestedExecutions::told(const TaskRef& task, const Result<void>& outcome) {
  if (outcome) return;
  if (outcome.error().fault == Fault::server) return try_again(outcome.error());
  later([task](NestedExecutions& self) { self.forget(task); });
}

void NestedExecutions::stop(const TaskRef& task) {
  const std::string key = nested_key(NestedRow::waiting, task);
  const auto value = ports_.store.get(store::Table::nested_execution, key);
  if (!value) return try_again(value.error());
  const auto nested = *value ? read_nested(key, **value) : std::nullopt;
  if (!nested) return stop_work(task);
  // It has ended, and nobody wants to hear of that any more.
  const auto ended = ports_.store.get(store::Table::nested_execution, nested_key(NestedRow::ended, task));
  if (!ended) return try_again(ended.error());
  if (*ended) return forget(task);
  const auto parent = queries_.describe(task.execution);
  if (!parent) return try_again(parent.error());
  if (!*parent) return forget(task);
  const auto& record = (*parent)->record;
  ports_.shard(nested->execution)
      .stop(nested->execution, std::nullopt, cause_of_stop(execution_arn(record.machine_arn, record.name)),
            [weak = weak_from_this(), task](const Result<Timestamp>& stopped) {
              const auto self = weak.lock();
              // Its end is told to the task, which refuses it; that is when the rows go.
              if (!self || stopped) return;
              if (stopped.error().fault == Fault::server) return self->try_again(stopped.error());
              self->later([task](NestedExecutions& nested) { nested.forget(task); });
            });
}

void NestedExecutions::stop_work(const TaskRef& task) {
  ports_.stop_work(task, [weak = weak_from_this(), task](const Result<void>& stopped) {
    const auto self = weak.lock();
    if (!self) return;
    if (!stopped) return self->try_again(stopped.error());
    self->later([task](NestedExecutions& nested) { nested.forget(task); });
  });
}

void NestedExecutions::forget(const TaskRef& task) {
  store::Batch batch;
  for (const NestedRow row : {NestedRow::waiting, NestedRow::ended, NestedRow::cancelled, NestedRow::work}) {
    batch.erase(store::Table::nested_execution, nested_key(row, task));
  }
  ports_.store.commit(std::move(batch), [weak = weak_from_this(), &scheduler = ports_.scheduler](Result<void> result) {
    if (result) return;
    scheduler.post([weak, trouble = std::move(result).error()] {
      if (const auto self = weak.lock()) self->try_again(trouble);
    });
  });
}

void NestedExecutions::try_again(const Error& trouble) {
  if (next_try_) return;
  ports_.log.warning(fmt::format("What a task has started has to wait to be told or stopped: {}", trouble.message));
  next_try_ = ports_.scheduler.after(pause_between_tries, [weak = weak_from_this()] {
    const auto self = weak.lock();
    if (!self) return;
    self->next_try_.reset();
    if (const auto taken_up = self->take_up(); !taken_up) self->try_again(taken_up.error());
  });
}

Result<void> NestedExecutions::take_up() {
  for (const NestedRow row : {NestedRow::cancelled, NestedRow::ended}) {
    const std::string prefix = nested_prefix(row);
    const auto cursor =
        ports_.store.scan(store::Table::nested_execution, prefix, store::prefix_end(prefix), store::Direction::forward);
    for (; cursor->valid(); cursor->next()) {
      const auto nested = read_nested(cursor->key(), cursor->value());
      if (!nested) return fail(internal_error("A record of a nested execution cannot be read."));
      if (row == NestedRow::ended)
        ended({.task = nested->task, .pattern = nested->pattern}, nested->execution);
      else
        cancelled(nested->task);
    }
    TRY(cursor->status());
  }
  return {};
}

}  // namespace stepwell::engine
