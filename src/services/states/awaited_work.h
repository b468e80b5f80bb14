#pragma once
// Brings the end of work (awaited/work.h) to the tasks that wait for it, and the end of the tasks to their work: a task
// that is given up has its work stopped.
//
// A row of table nested_execution (engine/starter.h) is part of the commit that submits the task; the commit that
// answers the task takes it away. What stands there at the start is waited for again. Asking, answering and stopping
// twice change nothing.

#include "base/ports.h"
#include "base/timer.h"
#include "engine/records.h"
#include "engine/world.h"
#include "services/states/awaited/work.h"
#include "services/states/states.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

namespace stepwell::states {

class AwaitedWork : public std::enable_shared_from_this<AwaitedWork> {
 public:
  using Stopped = std::function<void(const Result<void>&)>;

  AwaitedWork(States& states, Log& log) : states_(states), log_(log) {}

  // The work that the submission of a task tells of, noted in `batch`, the commit of the submission; nullopt: the task
  // waits for something else.
  static std::optional<engine::AwaitedWork> note(const engine::RunTask& task, const std::string& submission,
                                                 store::Batch& batch);
  // That commit is durable.
  void submitted(engine::AwaitedWork work);
  // The task was given up before: what has been submitted is stopped, as well as that can be done.
  void unwanted(engine::AwaitedWork work);

  // The task has been given up: stops its work, if it has any. `done` is called when that is sure to happen.
  void stop(const engine::TaskRef& task, Stopped done);

  // Waits for everything that was waited for when the program last stopped.
  Result<void> take_up();
  // Nobody is told of anything any more.
  void close();

 private:
  // A task that waits: woken by the end of its work, after a pause, or when it is not to wait any longer.
  struct Waiting {
    Pending<bool> woken;
    std::unique_ptr<Timer> pause;
  };

  Task<void> wait(engine::AwaitedWork work);
  Task<bool> ended(const engine::AwaitedWork& work);
  Task<bool> pause(const engine::TaskRef& task, Duration duration);
  Pending<bool>* arm(const engine::TaskRef& task);
  void answer(const engine::AwaitedWork& work, TaskOutcome outcome);
  void answered(const engine::AwaitedWork& work, const Result<void>& result);
  Task<Result<void>> stop_work(engine::AwaitedWork work);
  Result<wire::Caller> caller_for(const engine::AwaitedWork& work) const;
  void later(std::move_only_function<void(AwaitedWork&)> action);

  States& states_;
  Log& log_;
  bool closed_ = false;
  std::unordered_map<engine::TaskRef, Waiting> waiting_;
};

}  // namespace stepwell::states
