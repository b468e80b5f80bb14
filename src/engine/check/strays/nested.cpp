#include "engine/check/stray_rules.h"

namespace stepwell::engine::check {
namespace {

bool waits(Owners& owners, const TaskRef& task) {
  const Execution* execution = owners.execution(task.execution);
  if (execution == nullptr) return false;
  const auto scope = execution->scopes.find(task.scope);
  return scope != execution->scopes.end() && execution->awaits(*scope->second) == task.scheduled;
}

bool has_starter(const std::optional<ExecutionRecord>& record, const TaskRef& task) {
  return record && std::ranges::find(record->starters, task, &Starter::task) != record->starters.end();
}

// Somebody will take the row away: the task with its answer, its stop, or the end of the execution.
void check_waiting(Owners& owners, const NestedExecution& nested, Report& report) {
  const auto record = read_record(owners.store(), nested.execution);
  if (!has_starter(record, nested.task))
    return report.add(nested.task.scheduled, "the task waits for an execution that it has not started");
  const bool looked_after =
      record->status == Status::running || waits(owners, nested.task) ||
      exists(owners.store(), Table::nested_execution, nested_key(NestedRow::ended, nested.task)) ||
      exists(owners.store(), Table::nested_execution, nested_key(NestedRow::cancelled, nested.task));
  if (!looked_after) report.add(nested.task.scheduled, "the task is noted as waiting and does not wait");
}

void check_ended(Owners& owners, const NestedExecution& nested, Report& report) {
  const auto record = read_record(owners.store(), nested.execution);
  // A redriven execution goes on, and who waited for it is told all the same.
  const bool has_ended = record && (record->status != Status::running || record->redrive_count > 0);
  if (!has_starter(record, nested.task) || !has_ended) {
    report.add(nested.task.scheduled, "the task is to be told of the end of an execution that has not ended");
  }
}

// It goes with the task's answer, or when the work has been stopped.
void check_work(Owners& owners, const AwaitedWork& work, Report& report) {
  const bool given_up = exists(owners.store(), Table::nested_execution, nested_key(NestedRow::cancelled, work.task));
  if (!given_up && !waits(owners, work.task)) {
    report.add(work.task.scheduled, "the task is noted as waiting for work and does not wait");
  }
}

}  // namespace

void check_stray_nested(Owners& owners, Report& report) {
  for (const auto& [key, value] : rows(owners.store(), Table::nested_execution, nested_prefix(NestedRow::work))) {
    const auto work = read_work(key, value);
    if (!work) unreadable("work that a task waits for");
    report.of(work->task.execution, {});
    check_work(owners, *work, report);
  }
  for (const NestedRow row : {NestedRow::waiting, NestedRow::ended, NestedRow::cancelled}) {
    for (const auto& [key, value] : rows(owners.store(), Table::nested_execution, nested_prefix(row))) {
      const auto nested = read_nested(key, value);
      if (!nested) unreadable("a nested execution");
      report.of(nested->task.execution, {});
      if (row == NestedRow::waiting) check_waiting(owners, *nested, report);
      if (row == NestedRow::ended) check_ended(owners, *nested, report);
      if (row == NestedRow::cancelled && waits(owners, nested->task)) {
        report.add(nested->task.scheduled, "the task waits and is noted as given up");
      }
    }
  }
}

}  // namespace stepwell::engine::check
