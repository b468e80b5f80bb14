#pragma once
// The timer wheel of a loop, one tick a millisecond, turned by a single timer of the operating system.

#include "base/time.h"
#include "net/asio.h"
#include "net/timer_wheel.h"

#include <chrono>
#include <optional>

#include <boost/asio/basic_waitable_timer.hpp>

namespace stepwell::net {

class Timers {
 public:
  explicit Timers(asio::io_context& io) : alarm_(io.get_executor()) {}

  // Lets `entry` expire once `delay` has passed, never before and about a millisecond after at most.
  void set(TimerWheel::Entry& entry, Duration delay);

 private:
  using Clock = std::chrono::steady_clock;
  using Tick = TimerWheel::Tick;

  Tick now() const;
  void arm(Tick due);
  void ring();

  const Clock::time_point start_ = Clock::now();
  TimerWheel wheel_;
  asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, Executor> alarm_;
  std::optional<Tick> armed_;  // when the alarm rings
};

}  // namespace stepwell::net
