#pragma once
// The engine's effects: runs tasks through their integrations and brings the answers back as commands, tells workers of
// queued activity tasks, cancels what is no longer wanted.

#include "base/ports.h"
#include "engine/world.h"
#include "services/states/integration.h"
#include "services/states/mocks.h"

#include <memory>
#include <stop_token>
#include <unordered_map>

namespace stepwell::states {

class TaskRunner final : public engine::Effects {
 public:
  // `mocks` answers for the states it names; may be nullptr.
  TaskRunner(States& states, Log& log, Mocks* mocks);
  ~TaskRunner() override;

  void perform(engine::Effect effect) override;
  // Does what was still to be done when the program last stopped, beside the tasks that the engine sends again.
  Result<void> take_up();
  // The program is about to stop: what ends now is told after the next start.
  void drain();

 private:
  struct Running;
  static Task<void> run(std::shared_ptr<Running> running, engine::RunTask task, std::stop_token cancelled);
  void start_task(engine::RunTask task);

  std::shared_ptr<Running> running_;
};

}  // namespace stepwell::states
