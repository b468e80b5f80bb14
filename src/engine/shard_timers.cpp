// The alarm of a shard: one timer of the loop for the earliest of its own.

#include "engine/shard.h"

#include <fmt/format.h>

namespace stepwell::engine {
namespace {

constexpr Duration longest_sleep{60'000};    // wall-clock time may jump: look again
constexpr std::size_t timers_at_once = 256;  // others have their turn in between

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
  const Timestamp now = ports_.clock.now();
  if (const auto looked = timers_.look_ahead(now); !looked) {
    ports_.log.error(fmt::format("Timers cannot be read: {}", looked.error().message));
    timers_rest_until_ = now + rest_after_failure;
  }
  for (const TimerEntry& timer : timers_.take_due(now, timers_at_once)) fire(timer);
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
