#pragma once
// A store whose medium fails as real ones do. Commits are gathered and written to a log in bytes; a group is visible
// and answered when its sync is done. A crash loses what was not synced, or all but a part of it that ends anywhere;
// what is left is found by checksums, as a real log's is.
//
// The disk outlives the process: `restart` is what opening it again does.

#include "engine/ids.h"
#include "engine/sim/deletions.h"
#include "engine/sim/dice.h"
#include "engine/sim/task_effects.h"
#include "engine/sim/time.h"
#include "store/failed_tickets.h"
#include "store/memory/memory_store.h"
#include "store/store.h"

#include <deque>
#include <functional>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace stepwell::engine::sim {

// What the disk does wrong at present.
struct DiskFaults {
  bool full = false;                    // commits are refused, with nothing written
  bool fail_sync = false;               // the next sync fails, and the store with it
  Duration slowest{0};                  // a sync takes up to this
  std::uint64_t read_fails_one_in = 0;  // 0: never
  bool torn = false;                    // a crash may leave a part of what was not synced
};

class Disk final : public store::Store {
 public:
  Disk(VirtualTime& time, std::uint64_t seed) : time_(time), dice_(seed, "disk"), read_dice_(seed, "reads") {}

  Result<std::optional<std::string>> get(store::Table table, std::string_view key) override;
  std::unique_ptr<store::Cursor> scan(store::Table table, std::string_view from, std::string_view to,
                                      store::Direction direction) override;
  store::Ticket write(store::Batch batch, store::Committed committed) override;

  // The process is gone, and what it had not made durable.
  void crash();
  void restart(Life life);
  bool failed() const { return failed_; }
  bool has_unsynced() const { return !log_.empty(); }
  // From here to the next crash commits are answered without being durable: what the checks must notice.
  void lie();

  // What is durable, without faults.
  store::Store& durable() { return *tables_; }
  // Executions whose records have been written since this was last asked.
  std::set<ExecutionId> take_touched() { return std::exchange(touched_, {}); }
  // Events that were written over with others; empty: none.
  const std::string& overwritten() const { return overwritten_; }
  // Told of every group that has become durable.
  std::function<void(std::span<const store::Batch>)> on_group;

  DiskFaults faults;
  Deletions deletions;
  TaskEffects effects;
  bool keeps_deleted_events = false;  // what the checks must notice: the events of deleted executions stay
  std::uint64_t failed_reads = 0;

 private:
  struct Waiting {
    store::Ticket ticket = 0;
    store::Batch batch;
    store::Committed committed;
    Timestamp at{};  // of the wall clock, when it was made
  };

  bool read_fails();
  void write_group();
  void synced();
  void make_durable(const std::vector<Waiting>& group);
  void apply(const store::Batch& batch, Timestamp at);
  void recover_log();

  VirtualTime& time_;
  Dice dice_, read_dice_;
  std::unique_ptr<store::MemoryStore> tables_ = std::make_unique<store::MemoryStore>();
  std::unique_ptr<store::MemoryStore> honest_;  // what is durable, while the disk lies
  std::string log_;                             // what is written and not synced
  Life life_ = outside;
  std::deque<Waiting> waiting_;
  std::vector<Waiting> writing_;
  bool busy_ = false;
  bool failed_ = false;
  Timestamp latest_{};  // of all commits
  bool full_ = false;   // when the group under way was begun
  store::Ticket last_ticket_ = 0;
  store::FailedTickets lost_;
  std::set<ExecutionId> touched_;
  std::string overwritten_;
};

}  // namespace stepwell::engine::sim
