#pragma once
// Waiting in coroutines.

#include "base/task.h"
#include "base/timer.h"

#include <variant>

namespace stepwell::containers {

inline Task<void> pause(Scheduler& scheduler, Duration duration) {
  const Pending<std::monostate> over;
  const auto timer = scheduler.after(duration, [over] { over.set({}); });
  co_await over;
}

}  // namespace stepwell::containers
