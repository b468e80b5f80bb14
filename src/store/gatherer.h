#pragma once
// Grouped commit, for every driver whose durable write costs the same for one batch as for many. Batches that arrive
// while a write is under way wait; when it is done they are written together. So a lone committer waits for one write,
// and many share one: throughput grows with the load, and nobody waits for a timer.
//
// One thread writes. A commit costs its caller one short lock and, when the writer was idle, one wake-up. Groups are
// bounded, so that no batch waits for a write of unbounded length; so is what waits: a commit() that finds
// `waiting_bytes` waiting blocks until the writer has caught up (never on the writer's own thread, where a completion
// may commit again).

#include "store/failed_tickets.h"
#include "store/store.h"

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

namespace stepwell::store {

struct GathererLimits {
  std::size_t group_batches = 1024;
  std::size_t group_bytes = 2U << 20U;  // a batch that is larger alone is a group alone
  std::size_t waiting_bytes = 64U << 20U;
};

class Gatherer {
 public:
  // Makes the batches of a group durable, in order and as one; called on the writer's thread.
  using Write = std::move_only_function<Result<void>(std::span<const Batch>)>;

  Gatherer(GathererLimits limits, Write write);
  ~Gatherer();  // writes what waits, then stops
  Gatherer(const Gatherer&) = delete;
  Gatherer& operator=(const Gatherer&) = delete;

  Ticket commit(Batch batch, Committed committed);
  Statistics statistics() const;  // on any thread

 private:
  struct Queue {
    Ticket first = 0;  // of the first batch; the others follow
    std::vector<Batch> batches;
    std::vector<Committed> completions;  // of the batch at the same place
    std::size_t bytes = 0;
  };

  void run();
  bool take(Queue& taken);
  void write_groups(Queue& taken);
  void finish(Queue& taken, std::size_t begin, std::size_t end, const Result<void>& result);
  void count(std::span<const Batch> group);
  std::size_t group_end(const Queue& taken, std::size_t begin) const;

  const GathererLimits limits_;
  Write write_;

  std::mutex mutex_;
  std::condition_variable work_;  // the writer waits here
  std::condition_variable room_;  // committers wait here
  Queue waiting_;
  Ticket last_ticket_ = 0;
  bool idle_ = false;
  bool stopping_ = false;

  // Written by the writer alone.
  std::atomic<std::uint64_t> commits_ = 0, writes_ = 0, bytes_ = 0;
  FailedTickets failed_;  // of the writer's thread

  std::thread writer_;  // last: it uses all of the above
};

}  // namespace stepwell::store
