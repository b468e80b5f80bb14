#include "engine/timers.h"

#include "store/codec.h"

namespace stepwell::engine {
namespace {
constexpr Duration far_enough{30'000};
constexpr std::size_t max_near = 50'000;  // timers read in one refill
}  // namespace

void Timers::changed(const TimerChanges& changes) {
  for (const TimerEntry& timer : changes.dropped) near_.erase(timer);
  for (const TimerEntry& timer : changes.set) {
    if (timer.due < horizon_)
      near_.insert(timer);
    else
      beyond(timer.due);
  }
}

void Timers::committed(const std::vector<TimerEntry>& set) {
  // The horizon may have passed these while their batch was on its way. A timer dropped meanwhile comes back here; it
  // is recognised as stale when it fires.
  for (const TimerEntry& timer : set) {
    if (timer.due < horizon_)
      near_.insert(timer);
    else
      beyond(timer.due);
  }
}

std::optional<Timestamp> Timers::next() const {
  std::optional<Timestamp> next;
  if (!near_.empty()) next = near_.begin()->due;
  if (far_) next = next ? std::min(*next, *far_) : *far_;
  return next;
}

std::vector<TimerEntry> Timers::take_due(Timestamp now, std::size_t limit) {
  std::vector<TimerEntry> due;
  while (!near_.empty() && near_.begin()->due <= now && due.size() < limit) {
    due.push_back(*near_.begin());
    near_.erase(near_.begin());
  }
  return due;
}

Result<void> Timers::look_ahead(Timestamp now) {
  if (!far_ || now < *far_) return {};
  // What is due in memory comes first; only then is there room for more.
  if (!near_.empty() && near_.begin()->due <= now) return {};
  const TimerEntry first{
      .due = horizon_, .execution = {.shard = shard_, .serial = 0}, .scope = top_scope, .kind = TimerKind::wait};
  const auto cursor = store_->scan(store::Table::timer, timer_key(first), shard_key(static_cast<ShardId>(shard_ + 1)),
                                   store::Direction::forward);
  Timestamp horizon = now + far_enough;
  std::optional<Timestamp> far;
  for (std::size_t count = 0; cursor->valid(); cursor->next(), ++count) {
    const auto timer = read_timer_key(cursor->key());
    if (!timer) return fail(internal_error("A record of a timer cannot be read."));
    if (timer->due >= horizon || count >= max_near) {
      far = timer->due;
      horizon = std::min(horizon, timer->due);
      break;
    }
    near_.insert(*timer);
  }
  TRY(cursor->status());
  horizon_ = horizon;
  far_ = far;
  return {};
}

}  // namespace stepwell::engine
