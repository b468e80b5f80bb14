#pragma once
// Work that TestState waits for, but not for ever, and not when its caller has left.

#include "base/task.h"
#include "services/states/integration.h"

#include <optional>
#include <stop_token>

namespace stepwell::states {

// What the task's integration answers; nullopt: it has not within `limit`, or the caller has left. The integration is
// told then, and whatever it still answers is dropped.
Task<std::optional<TaskOutcome>> call_within(States& states, engine::RunTask task, wire::Caller caller, Duration limit,
                                             std::stop_token gone);

// Ends early where the caller leaves.
Task<void> sleep(Scheduler& scheduler, Duration duration, std::stop_token gone);

}  // namespace stepwell::states
