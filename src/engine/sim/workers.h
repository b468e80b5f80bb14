#pragma once
// What runs tasks: functions and queues that the process calls, workers and people with a token that answer whenever
// they like. They outlive the process, and may answer twice, late or never.

#include "engine/sim/dice.h"
#include "engine/sim/rig.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace stepwell::engine::sim {

class Workers final : public Effects {
 public:
  explicit Workers(Rig& rig) : rig_(rig), dice_(rig.plan.seed, "workers") {}

  void perform(Effect effect) override;
  // A worker has got an activity task.
  void took(const TaskRef& task, bool express);
  // Somebody has the tasks that have been handed out, by what the store says: the answer that told him may be lost.
  void adopt();
  // The process is back: whoever has not been answered tries again.
  void process_started();
  // From now on everybody answers, and soon.
  void calm();

  // Any attempt that was ever seen; nullptr: there is none yet.
  const TaskRef* any_attempt(Dice& dice) const;
  void heartbeat(const TaskRef& task);
  void answer(const TaskRef& task);

 private:
  struct Attempt {
    bool express = false;
    bool settled = false;  // taken, or nobody wants it any more
    std::size_t sending = 0;
  };

  Attempt& attempt(const TaskRef& task, bool express);
  void run(const RunTask& task);
  void start_nested(const RunTask& task);
  void nested_started(const TaskRef& task, const Result<StartOutcome>& outcome, bool waits);
  void submit(const TaskRef& task);
  void work(const TaskRef& task);
  store::Batch effect_of(const TaskRef& task);
  void send_later(const TaskRef& task, Duration delay);
  void answered(const TaskRef& task, bool succeeded, const Result<void>& outcome);

  Rig& rig_;
  Dice dice_;
  std::unordered_map<TaskRef, Attempt> attempts_;
  std::vector<TaskRef> all_;
};

}  // namespace stepwell::engine::sim
