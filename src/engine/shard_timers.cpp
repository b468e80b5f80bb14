// The alarm of a shard: one timer of the loop for the earliest of its own.

#include "engine/shard.h"

namespace stepwell::engine {
namespace {

constexpr Duration longest_sleep{60'000};  // wall-clock time may jump: look again

}  // namespace

void Shard::arm_timer() {
  auto next = timers_.next();
  if (!next) {
    alarm_.reset();
    alarm_at_.reset();
    return;
  }
  next = std::max(*next, std::min(timers_rest_until_, ports_.clock.now() + rest_after_failure));
  if (alarm_ && alarm_at_ == next) return;
  alarm_at_ = next;
  const Duration delay = std::clamp<Duration>(*next - ports_.clock.now(), Duration{0}, longest_sleep);
  alarm_ = ports_.scheduler.after(delay, [this] {
    alarm_at_.reset();
    fire_due();
  });
}

void Shard::fire_due() {
  auto due = timers_.take_due(ports_.clock.now());
  if (!due) {
    ports_.log.error(due.error().message);
    timers_rest_until_ = ports_.clock.now() + rest_after_failure;
  } else {
    for (const TimerEntry& timer : *due) fire(timer);
  }
  arm_timer();
}

void Shard::fire(const TimerEntry& timer) {
  bool stale = false;
  command(
      timer.execution,
      [&](Interpreter& interpreter, Execution& execution) -> Result<void> {
        const auto timers = timers_of(execution);
        if (std::ranges::find(timers, timer) == timers.end())
          stale = true;
        else
          interpreter.fire(timer.scope, timer.kind);
        return {};
      },
      [](const Result<void>&) {});
  if (stale) ports_.log.debug("A timer was already out of date when it fired.");
}

}  // namespace stepwell::engine
