#pragma once
// Mutual exclusion between coroutines of one thread. Waiters get the lock in order.
//
//   auto lock = co_await mutex.lock();     // released when `lock` goes

#include <coroutine>
#include <deque>
#include <utility>

namespace stepwell {

class AsyncMutex {
 public:
  class [[nodiscard]] Lock {
   public:
    explicit Lock(AsyncMutex* mutex) : mutex_(mutex) {}
    Lock(Lock&& other) noexcept : mutex_(std::exchange(other.mutex_, nullptr)) {}
    Lock& operator=(Lock&&) = delete;
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;
    ~Lock() {
      if (mutex_ != nullptr) mutex_->unlock();
    }

   private:
    AsyncMutex* mutex_;
  };

  auto lock() {
    struct Awaiter {
      AsyncMutex& mutex;
      bool await_ready() const noexcept { return !std::exchange(mutex.locked_, true); }
      void await_suspend(std::coroutine_handle<> waiter) const { mutex.waiters_.push_back(waiter); }
      Lock await_resume() const noexcept { return Lock(&mutex); }
    };
    return Awaiter{*this};
  }

 private:
  // The lock passes to the next waiter without being free in between.
  void unlock() {
    if (waiters_.empty()) {
      locked_ = false;
      return;
    }
    const std::coroutine_handle<> next = waiters_.front();
    waiters_.pop_front();
    next.resume();
  }

  bool locked_ = false;
  std::deque<std::coroutine_handle<>> waiters_;
};

}  // namespace stepwell
