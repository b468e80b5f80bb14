#pragma once
// Executions that tasks wait for (states:startExecution.sync): brings their end to the task, and the end of the task to
// them. (The end of a task that waits for work of another service goes the same way, through a port.) The engine writes
// down what is to be done in the commits that cause it (engine/starter.h); here it is done, now and again after a
// restart or when the store could not take it. Doing it twice changes nothing: a task takes one answer, an execution
// ends once.

#include "base/ports.h"
#include "base/timer.h"
#include "engine/queries.h"
#include "engine/shard.h"
#include "engine/starter.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

namespace stepwell::engine {

struct NestedPorts {
  store::Store& store;
  Scheduler& scheduler;
  Log& log;
  std::function<Shard&(ExecutionId)> shard;
  // What a task is told of the end of its execution (JSON).
  std::function<std::string(const ExecutionView&, asl::Pattern)> result_of;
  // Stops the work of another service that a task has started, if it has; `done` is called when that is sure to happen.
  using Stopped = std::function<void(const Result<void>&)>;
  std::function<void(const TaskRef&, Stopped done)> stop_work;
};

class NestedExecutions : public std::enable_shared_from_this<NestedExecutions> {
 public:
  explicit NestedExecutions(NestedPorts ports) : ports_(std::move(ports)), queries_(ports_.store) {}

  // A task is being sent: its execution is being started. What happens to either waits until the start has its place in
  // the task's history. Every `begin` is followed by a `finish`.
  void begin(const TaskRef& task);
  void finish(const TaskRef& task);

  // An execution has ended that `starter` waits for. Called with the engine at work, as the next one is.
  void ended(const Starter& starter, ExecutionId execution);
  // A task has been given up that may have started an execution.
  void cancelled(const TaskRef& task);

  // Does what is still to be done.
  Result<void> take_up();

 private:
  // A task whose start is under way, and what has happened meanwhile.
  struct Starting {
    std::size_t attempts = 0;
    std::optional<NestedExecution> ended;
    bool cancelled = false;
  };

  void later(std::move_only_function<void(NestedExecutions&)> action);
  void tell(const NestedExecution& nested);
  void told(const TaskRef& task, const Result<void>& outcome);
  void stop(const TaskRef& task);
  void stop_work(const TaskRef& task);
  void forget(const TaskRef& task);
  void try_again(const Error& trouble);

  NestedPorts ports_;
  Queries queries_;
  std::unordered_map<TaskRef, Starting> starting_;
  std::unique_ptr<Timer> next_try_;
};

}  // namespace stepwell::engine
