#pragma once
// One thread's event loop (epoll by way of Asio), as the Scheduler port. Everything of net belongs to one Loop and is
// used on its thread alone, but for `post` and `stop`; before `run`, any one thread is that thread. The Loop outlives
// what is made on it, but for timers. Exceptions that leave an action leave `run`.
//
// Timers wait in one wheel of milliseconds (net/timer_wheel.h): setting and cancelling one costs the same among
// millions. Posted actions wake the loop once, however many they are; those that have not run when it is destroyed are
// destroyed.

#include "base/timer.h"

#include <functional>
#include <memory>

namespace stepwell::net {

class Loop final : public Scheduler {
 public:
  Loop();
  ~Loop() override;

  // Runs until `stop`; to be called once, by the thread that owns the loop.
  void run();
  void stop();  // thread-safe
  // Calls `action` on SIGINT and SIGTERM, each time; the other one on SIGHUP, which ends the program otherwise.
  void on_signal(std::function<void(int signal)> action);
  void on_hangup(std::function<void()> action);

  std::unique_ptr<Timer> after(Duration delay, std::move_only_function<void()> action) override;
  void post(std::move_only_function<void()> action) override;

  struct Context;  // wraps the io_context; defined in net/context.h, for files of net only
  Context& context() { return *context_; }

 private:
  std::unique_ptr<Context> context_;
};

}  // namespace stepwell::net
