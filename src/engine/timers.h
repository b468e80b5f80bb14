#pragma once
// The timers of one shard. All of them are in the store; the near ones (due before the horizon) are also in memory, so
// that a million executions may wait for next week at no cost here. The horizon moves forward when the first timer
// beyond it comes near.

#include "base/error.h"
#include "base/time.h"
#include "engine/persist.h"
#include "engine/record_keys.h"
#include "store/store.h"

#include <optional>
#include <set>
#include <vector>

namespace stepwell::engine {

class Timers {
 public:
  Timers(store::Store& store, ShardId shard) : store_(&store), shard_(shard) {}

  // What a batch does to timers, when it is handed to the store …
  void changed(const TimerChanges& changes);
  // … and when it is durable: only now a scan of the store is sure to see what it set.
  void committed(const std::vector<TimerEntry>& set);
  // A timer that is in memory only (Express).
  void add(const TimerEntry& timer) { near_.insert(timer); }
  void drop(const TimerEntry& timer) { near_.erase(timer); }

  // Reads the store again from its beginning: memory may be ahead of it.
  void rescan() {
    horizon_ = {};
    far_ = Timestamp{};
  }

  // When `take_due` is to be called next; nullopt: not before something changes.
  std::optional<Timestamp> next() const;
  // Moves the horizon when that is needed. A failure leaves it where it is.
  Result<void> look_ahead(Timestamp now);
  // The timers that are due, at most `limit`, taken out of memory (not out of the store).
  std::vector<TimerEntry> take_due(Timestamp now, std::size_t limit);

 private:
  void beyond(Timestamp due) { far_ = far_ ? std::min(*far_, due) : due; }

  store::Store* store_;
  ShardId shard_;
  std::set<TimerEntry> near_;                   // ordered by due time
  Timestamp horizon_{};                         // every stored timer due before it is in near_
  std::optional<Timestamp> far_ = Timestamp{};  // no timer beyond the horizon is due before; nullopt: there is none
};

}  // namespace stepwell::engine
