#pragma once
// Turns: how many invocations have a process at once, of one function and of all. Who finds no place waits its turn;
// invocations of a function that has all its places do not hold up those of others.

#include "base/error.h"
#include "base/task.h"
#include "base/timer.h"
#include "services/lambda/limits.h"

#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

namespace stepwell::lambda {

class Admission {
 public:
  // A place, given back when it goes.
  class [[nodiscard]] Slot {
   public:
    Slot(Admission& admission, std::string function) : admission_(&admission), function_(std::move(function)) {}
    Slot(Slot&& other) noexcept
        : admission_(std::exchange(other.admission_, nullptr)), function_(std::move(other.function_)) {}
    Slot& operator=(Slot&&) = delete;
    Slot(const Slot&) = delete;
    Slot& operator=(const Slot&) = delete;
    ~Slot() {
      if (admission_ != nullptr) admission_->leave(function_);
    }

   private:
    Admission* admission_;
    std::string function_;
  };

  Admission(Scheduler& scheduler, const Limits& limits) : scheduler_(&scheduler), limits_(limits) {}

  // Error TooManyRequestsException.
  Task<Result<Slot>> enter(std::string function);
  // Lets nobody in any more, nor answers who waits.
  void close();

 private:
  struct Waiter {
    std::string function;
    Pending<std::monostate> admitted;
  };

  bool has_place(const std::string& function) const;
  void take_place(const std::string& function);
  void leave(const std::string& function);
  void admit_waiters();

  Scheduler* scheduler_;
  const Limits limits_;
  std::unordered_map<std::string, std::size_t> taken_;  // by function
  std::size_t taken_in_all_ = 0;
  std::deque<Waiter> waiters_;
  bool closed_ = false;
};

}  // namespace stepwell::lambda
