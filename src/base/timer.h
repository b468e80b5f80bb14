#pragma once
// The port for being called later. Implementation: net/loop.h (real time), tests (virtual time).

#include "base/time.h"

#include <functional>
#include <memory>

namespace stepwell {

// Destroying it cancels the call.
class Timer {
 public:
  virtual ~Timer() = default;
};

class Scheduler {
 public:
  virtual ~Scheduler() = default;
  // Calls `action` once, on the loop's thread, after `delay` of monotonic time.
  virtual std::unique_ptr<Timer> after(Duration delay, std::move_only_function<void()> action) = 0;
  // Calls `action` soon, on the loop's thread. Thread-safe.
  virtual void post(std::move_only_function<void()> action) = 0;
};

}  // namespace stepwell
