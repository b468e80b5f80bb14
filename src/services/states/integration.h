#pragma once
// Service integrations: what a Task state calls. One file in integrations/, one line in integrations.def.
//
// What an integration answers is the task's result; where the pattern waits for more (.sync, .waitForTaskToken), it is
// what the task has been submitted with.

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
  States& states;             // this service itself, for integrations with it
  wire::Caller caller;        // the state machine's account and region
  std::stop_token cancelled;  // the answer is no longer wanted
  // What the task does to services of this program becomes durable with its answer, be it a failure: exactly once.
  // nullptr where answers are not recorded (Express, TestState). To be given on to Directory::call by whoever answers
  // right after it.
  store::Batch* effect = nullptr;
};

using Integration = Task<TaskOutcome> (*)(TaskCall call);

#define INTEGRATION(key, function) Task<TaskOutcome> function(TaskCall call);
#include "services/states/integrations.def"
#undef INTEGRATION

// The integration that a task's resource names, or nullptr.
Integration find_integration(const asl::Resource& resource);

// Has a task done by the integration that its resource names. `states`, `effect` and the caller of the task outlive it.
Task<TaskOutcome> run_integration(States& states, const engine::RunTask& task, wire::Caller caller,
                                  std::stop_token cancelled, store::Batch* effect = nullptr);

// The failure of a task that cannot be started as it is written.
inline std::unexpected<TaskFailure> cannot_start(std::string cause) {
  return std::unexpected(TaskFailure{"States.Runtime", std::move(cause)});
}

}  // namespace stepwell::states
