#include "engine/timers.h"

#include "store/codec.h"

namespace stepwell::engine {
namespace {
constexpr Duration look_ahead{30'000};
constexpr std::size_t max_near = 50'000;  // timers read in one refill
}  // namespace

void Timers::changed(const TimerChanges& changes) {
  for (const TimerEntry& timer : changes.dropped) near_.erase(timer);
  for (const TimerEntry& timer : changes.set) {
    if (timer.due < horizon_)
      near_.insert(timer);
    else
      more_ = true;
  }
}

void Timers::committed(const std::vector<TimerEntry>& set) {
  // The horizon may have passed these while their batch was on its way. A timer dropped meanwhile comes back here; it
  // is recognised as stale when it fires.
  for (const TimerEntry& timer : set) {
    if (timer.due < horizon_) near_.insert(timer);
  }
}

std::optional<Timestamp> Timers::next() const {
  std::optional<Timestamp> next;
  if (!near_.empty()) next = near_.begin()->due;
  if (more_) next = next ? std::min(*next, horizon_) : horizon_;
  return next;
}

Result<std::vector<TimerEntry>> Timers::take_due(Timestamp now) {
  if (more_ && now >= horizon_) TRY(refill(now));
  std::vector<TimerEntry> due;
  while (!near_.empty() && near_.begin()->due <= now) {
    due.push_back(*near_.begin());
    near_.erase(near_.begin());
  }
  return due;
}

Result<void> Timers::refill(Timestamp now) {
  const Timestamp until = now + look_ahead;
  const TimerEntry first{
      .due = horizon_, .execution = {.shard = shard_, .serial = 0}, .scope = top_scope, .kind = TimerKind::wait};
  TimerEntry last = first;
  last.due = until;
  const auto cursor = store_->scan(store::Table::timer, timer_key(first), timer_key(last), store::Direction::forward);
  Timestamp horizon = until;
  for (std::size_t count = 0; cursor->valid(); cursor->next(), ++count) {
    const auto timer = read_timer_key(cursor->key());
    if (!timer) return fail(internal_error("A record of a timer cannot be read."));
    if (count >= max_near) {
      horizon = timer->due;
      break;
    }
    near_.insert(*timer);
  }
  TRY(cursor->status());
  horizon_ = horizon;  // not before everything up to it has been read
  return {};
}

}  // namespace stepwell::engine
