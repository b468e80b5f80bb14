#pragma once
// The timers of one shard. All of them are in the store; the near ones (due before the horizon) are also in memory, so
// that a million executions may wait for next week at no cost here. The horizon moves forward when it is reached.

#include "base/error.h"
#include "base/time.h"
#include "engine/persist.h"
#include "engine/records.h"
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
    more_ = true;
  }

  // When `take_due` is to be called next; nullopt: not before something changes.
  std::optional<Timestamp> next() const;
  // The timers that are due, taken out of memory (not out of the store). Moves the horizon.
  Result<std::vector<TimerEntry>> take_due(Timestamp now);

 private:
  Result<void> refill(Timestamp now);

  store::Store* store_;
  ShardId shard_;
  std::set<TimerEntry> near_;  // ordered by due time
  Timestamp horizon_{};        // every stored timer due before it is in near_
  bool more_ = true;           // the store may have timers beyond the horizon
};

}  // namespace stepwell::engine
