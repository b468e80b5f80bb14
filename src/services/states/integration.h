#pragma once
// Service integrations: what a Task state calls. One file in integrations/, one line in integrations.def.

#include "base/task.h"
#include "engine/world.h"
#include "services/directory/directory.h"
#include "services/states/states.h"

#include <expected>
#include <optional>
#include <stop_token>
#include <string>

namespace stepwell::states {

// How a task failed, as Retry and Catch see it (spec §1.7 and §4).
struct TaskFailure {
  std::optional<std::string> error;
  std::optional<std::string> cause;
};
// The task's output as JSON text.
using TaskOutcome = std::expected<std::string, TaskFailure>;

// A task being run.
struct TaskCall {
  const engine::RunTask& task;
  json::Arena& arena;
  json::Value arguments;  // of the task
  directory::Directory& directory;
  wire::Caller caller;        // the state machine's account and region
  std::stop_token cancelled;  // the answer is no longer wanted
};

using Integration = Task<TaskOutcome> (*)(TaskCall call);

#define INTEGRATION(key, function) Task<TaskOutcome> function(TaskCall call);
#include "services/states/integrations.def"
#undef INTEGRATION

// The integration of that key, or nullptr.
Integration find_integration(std::string_view key);

}  // namespace stepwell::states
