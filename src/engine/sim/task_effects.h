#pragma once
// What tasks do to services of the same program (Shard::complete_task with an effect), as the disk sees it: each is
// written once, and in the very batch that takes the task's answer.

#include "engine/ids.h"
#include "store/store.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stepwell::engine::sim {

class TaskEffects {
 public:
  // Adds the effect of a task to a batch.
  static void add(const TaskRef& task, store::Batch& batch);
  static bool happened(store::Store& tables, const TaskRef& task);

  // A batch that is about to become durable in `tables`.
  void look_at(store::Store& tables, const store::Batch& batch);
  std::vector<std::string> take_problems() { return std::exchange(problems_, {}); }

 private:
  std::vector<std::string> problems_;
};

}  // namespace stepwell::engine::sim
