#pragma once
// Revisions of machines that were deleted stay as long as executions of the machine do, which tell what they ran. What
// nobody needs any more is looked for every few minutes, and goes when it was not needed the time before either: longer
// ago than an Express execution, of which the store has no name, can run.

#include "base/ports.h"
#include "base/task.h"
#include "base/timer.h"
#include "services/states/states.h"

#include <memory>
#include <string>
#include <unordered_set>

namespace stepwell::states {

class OldRevisions {
 public:
  OldRevisions(States& states, Log& log) : states_(&states), log_(&log) { look_later(); }

 private:
  void look_later();
  Task<Result<void>> look();
  Result<bool> is_needed(std::string_view machine_arn) const;
  Task<Result<void>> remove(std::string machine_arn);

  States* states_;
  Log* log_;
  std::unordered_set<std::string> unneeded_;  // machines, when it was looked last
  std::unique_ptr<Timer> timer_;
};

}  // namespace stepwell::states
