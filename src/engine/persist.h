#pragma once
// From memory to the store and back. `persist` writes what a decision changed, the difference to what the store has, as
// one batch; `load` brings an execution back with its open scopes (payloads only when they are needed).

#include "base/error.h"
#include "engine/execution.h"
#include "engine/interpreter.h"
#include "engine/records.h"
#include "engine/world.h"
#include "store/store.h"

#include <memory>
#include <vector>

namespace stepwell::engine {

// Timers that a batch sets and drops, for the timers in memory (timers.h).
struct TimerChanges {
  std::vector<TimerEntry> set;
  std::vector<TimerEntry> dropped;
};

// Adds the events and every changed record to `batch` and marks them as stored.
TimerChanges persist(Execution& execution, const Decision& decision, store::Batch& batch);

// Adds a further starter, to memory and to `batch`: a task that starts a running execution by its name shares it.
void add_starter(Execution& execution, const Starter& starter, store::Batch& batch);

// The timers that an execution in memory has, as `persist` would set them; for Express executions, which have no
// records.
std::vector<TimerEntry> timers_of(const Execution& execution);

// A task whose sending must survive a crash: one that the outside has neither answered nor confirmed.
bool effect_pending(const Scope& scope);

class StoredPayloads final : public PayloadSource {
 public:
  explicit StoredPayloads(store::Store& store) : store_(&store) {}
  std::string fetch(ExecutionId execution, Home home) const override;

 private:
  store::Store* store_;
};

// nullptr: there is no such execution. Throws StorageLost when records cannot be read or name a revision that is gone.
std::unique_ptr<Execution> load(store::Store& store, const StoredPayloads& payloads, World& world, ExecutionId id);

}  // namespace stepwell::engine
