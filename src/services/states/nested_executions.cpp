#include "services/states/nested_executions.h"

#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "services/states/execution_description.h"
#include "services/states/model.h"
#include "services/states/sdk/result.h"
#include "store/codec.h"

#include <fmt/format.h>

namespace stepwell::states {
namespace {

using engine::NestedRow;

constexpr Duration pause_between_tries{1'000};

// What a stopped execution shows, in AWS's words.
std::string cause_of_stop(std::string_view parent_arn) {
  return fmt::format("The Task state in AWS Step Functions execution [{}] which was managing this resource was aborted",
                     parent_arn);
}

// What DescribeExecution says of the execution, as a result of a task. `Input` and `Output` are texts, or (.sync:2) the
// JSON that these hold.
std::string result_of(const States& states, const engine::ExecutionView& view, asl::Pattern pattern) {
  json::Arena arena;
  const wire::Shape& shape = *model().operation("DescribeExecution")->output;
  const json::Value described = sdk::result(
      arena, shape, execution_description(states, arena, view, ExecutionData::include), sdk::Dates::epoch_milliseconds);
  if (pattern != asl::Pattern::sync2) return json::print(described);
  json::ObjectBuilder object(arena);
  for (const json::Member& member : described.members()) {
    const bool payload = member.key == "Input" || member.key == "Output";
    const auto content = payload ? json::parse(arena, member.value.as_string()) : member.value;
    object.add(member.key, *content);
  }
  return json::print(object.build());
}

}  // namespace

// The engine and the store are called from the loop, never from within their own calls.
void NestedExecutions::later(std::move_only_function<void(NestedExecutions&)> action) {
  states_->scheduler.post([weak = weak_from_this(), action = std::move(action)]() mutable {
    if (const auto self = weak.lock()) action(*self);
  });
}

void NestedExecutions::begin(const engine::TaskRef& task) { ++starting_[task].attempts; }

void NestedExecutions::finish(const engine::TaskRef& task) {
  const auto found = starting_.find(task);
  if (found == starting_.end() || --found->second.attempts > 0) return;
  const Starting meanwhile = found->second;
  starting_.erase(found);
  if (meanwhile.cancelled) cancelled(task);
  if (meanwhile.ended) later([nested = *meanwhile.ended](NestedExecutions& self) { self.tell(nested); });
}

void NestedExecutions::ended(const engine::Starter& starter, engine::ExecutionId execution) {
  const engine::NestedExecution nested{.task = starter.task, .execution = execution, .pattern = starter.pattern};
  if (const auto found = starting_.find(starter.task); found != starting_.end()) {
    found->second.ended = nested;
  } else {
    later([nested](NestedExecutions& self) { self.tell(nested); });
  }
}

void NestedExecutions::cancelled(const engine::TaskRef& task) {
  if (const auto found = starting_.find(task); found != starting_.end()) {
    found->second.cancelled = true;
  } else {
    later([task](NestedExecutions& self) { self.stop(task); });
  }
}

void NestedExecutions::tell(const engine::NestedExecution& nested) {
  const auto view = states_->queries.describe(nested.execution);
  if (!view) return try_again(view.error());
  if (!*view) return log_->error("An execution that a task waits for is gone.");
  // It has been redriven since, before the task was told of its end: the task waits for the next one.
  if ((*view)->record.status == engine::Status::running) return;
  auto reply = [weak = weak_from_this(), task = nested.task](const Result<void>& outcome) {
    if (const auto self = weak.lock()) self->told(task, outcome);
  };
  engine::Shard& shard = states_->engine->shard(nested.task.execution);
  if ((*view)->record.status == engine::Status::succeeded) {
    shard.complete_task(nested.task, result_of(*states_, **view, nested.pattern), std::move(reply));
  } else {
    shard.fail_task(nested.task, "States.TaskFailed", result_of(*states_, **view, asl::Pattern::sync),
                    std::move(reply));
  }
}

// The commit that answers the task takes its rows away; a task that takes no answer any more leaves them.
void NestedExecutions::told(const engine::TaskRef& task, const Result<void>& outcome) {
  if (outcome) return;
  if (outcome.error().fault == Fault::server) return try_again(outcome.error());
  later([task](NestedExecutions& self) { self.forget(task); });
}

void NestedExecutions::stop(const engine::TaskRef& task) {
  const std::string key = engine::nested_key(NestedRow::waiting, task);
  const auto value = states_->store.get(store::Table::nested_execution, key);
  if (!value) return try_again(value.error());
  const auto nested = *value ? engine::read_nested(key, **value) : std::nullopt;
  if (!nested) return forget(task);
  // It has ended, and nobody wants to hear of that any more.
  const auto ended = states_->store.get(store::Table::nested_execution, engine::nested_key(NestedRow::ended, task));
  if (!ended) return try_again(ended.error());
  if (*ended) return forget(task);
  const auto parent = states_->queries.describe(task.execution);
  if (!parent) return try_again(parent.error());
  if (!*parent) return forget(task);
  const auto& record = (*parent)->record;
  states_->engine->shard(nested->execution)
      .stop(nested->execution, std::nullopt, cause_of_stop(engine::execution_arn(record.machine_arn, record.name)),
            [weak = weak_from_this(), task](const Result<Timestamp>& stopped) {
              const auto self = weak.lock();
              // Its end is told to the task, which refuses it; that is when the rows go.
              if (!self || stopped) return;
              if (stopped.error().fault == Fault::server) return self->try_again(stopped.error());
              self->later([task](NestedExecutions& nested) { nested.forget(task); });
            });
}

void NestedExecutions::forget(const engine::TaskRef& task) {
  store::Batch batch;
  for (const NestedRow row : {NestedRow::waiting, NestedRow::ended, NestedRow::cancelled}) {
    batch.erase(store::Table::nested_execution, engine::nested_key(row, task));
  }
  states_->store.commit(std::move(batch),
                        [weak = weak_from_this(), &scheduler = states_->scheduler](Result<void> result) {
                          if (result) return;
                          scheduler.post([weak, trouble = std::move(result).error()] {
                            if (const auto self = weak.lock()) self->try_again(trouble);
                          });
                        });
}

void NestedExecutions::try_again(const Error& trouble) {
  if (next_try_) return;
  log_->warning(fmt::format("A nested execution has to wait for the store: {}", trouble.message));
  next_try_ = states_->scheduler.after(pause_between_tries, [weak = weak_from_this()] {
    const auto self = weak.lock();
    if (!self) return;
    self->next_try_.reset();
    if (const auto taken_up = self->take_up(); !taken_up) self->try_again(taken_up.error());
  });
}

Result<void> NestedExecutions::take_up() {
  for (const NestedRow row : {NestedRow::cancelled, NestedRow::ended}) {
    const std::string prefix = engine::nested_prefix(row);
    const auto cursor = states_->store.scan(store::Table::nested_execution, prefix, store::prefix_end(prefix),
                                            store::Direction::forward);
    for (; cursor->valid(); cursor->next()) {
      const auto nested = engine::read_nested(cursor->key(), cursor->value());
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

}  // namespace stepwell::states
