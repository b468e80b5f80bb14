#include "net/timers.h"

namespace stepwell::net {

TimerWheel::Tick Timers::now() const {
  return static_cast<Tick>(std::chrono::floor<Duration>(Clock::now() - start_).count());
}

void Timers::set(TimerWheel::Entry& entry, Duration delay) {
  // The present tick has begun already: one more makes the delay complete.
  const auto due = delay <= Duration::zero() ? now() : now() + static_cast<Tick>(delay.count()) + 1;
  wheel_.set(entry, due);
  arm(due);
}

void Timers::arm(Tick due) {
  if (armed_ && *armed_ <= due) return;
  armed_ = due;
  alarm_.expires_at(start_ + Duration(due));
  alarm_.async_wait([this](error_code failure) {
    if (!failure) ring();
  });
}

void Timers::ring() {
  armed_.reset();
  wheel_.turn(now());
  if (const auto next = wheel_.next()) arm(*next);
}

}  // namespace stepwell::net
