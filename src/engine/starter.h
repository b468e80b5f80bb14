#pragma once
// Executions that tasks have started (states:startExecution). A task that waits for the end of its execution (.sync) is
// told of it, and the execution is stopped when the task is given up: each surely, once, and whatever crashes when.
//
// The table nested_execution holds what that needs, by task:
//   waiting    written with the start: the execution that the task waits for
//   ended      written with the end of that execution: the task is to be told
//   cancelled  written with the decision that gave the task up: its execution is to be stopped
//   work       written with the submission of work of another service (a job of Batch, a task of ECS) that the task
//   waits
//              for: services/states/awaited_work.h brings its end
// The commit that answers a task takes its `waiting`, `ended` and `work` away. So what stands under `ended` and
// `cancelled` is all that is still to be done, after a crash too.

#include "engine/ids.h"
#include "lang/asl/resource.h"

#include <cstddef>
#include <cstdint>

namespace stepwell::engine {

// Whether a task of that pattern waits for the end of what it starts.
inline bool waits_for_end(asl::Pattern pattern) {
  return pattern == asl::Pattern::sync || pattern == asl::Pattern::sync2;
}

// The attempt that started an execution. The same attempt starts the same execution, however often it is sent.
struct Starter {
  TaskRef task;
  asl::Pattern pattern = asl::Pattern::request_response;
  bool waits() const { return waits_for_end(pattern); }
};

// Tasks that share an execution, all having started it by the same name with the same input.
inline constexpr std::size_t max_starters = 100;

enum class NestedRow : std::uint8_t { ended = 1, cancelled = 2, waiting = 3, work = 4 };

}  // namespace stepwell::engine
