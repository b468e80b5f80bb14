#pragma once
// Activities: their records in the store, and the hand-out of their queued tasks to the workers that poll (spec §2,
// GetActivityTask). A task is given to one worker, oldest first; polls wait in memory only.

#include "base/error.h"
#include "base/task.h"
#include "base/time.h"
#include "base/timer.h"
#include "engine/engine.h"
#include "store/store.h"

#include <deque>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace stepwell::states {

struct ActivityRecord {
  std::string arn;
  std::string name;
  Timestamp created{};
  std::string tags;        // JSON
  std::string encryption;  // JSON
};

// A task in the hands of a worker.
struct ActivityTask {
  engine::TaskRef task;
  std::string input;  // JSON
};

class Activities {
 public:
  Activities(store::Store& store, Scheduler& scheduler) : store_(&store), scheduler_(&scheduler) {}
  ~Activities();

  Result<std::optional<ActivityRecord>> find(std::string_view arn) const;
  Result<std::vector<ActivityRecord>> list(std::string_view arn_prefix, std::string_view after,
                                           std::size_t limit) const;
  bool exists(std::string_view arn) const;
  Task<Result<void>> save(ActivityRecord record);
  Task<Result<void>> remove(std::string arn);

  // The next task of the activity; waits up to `patience` for one. nullopt: none came, or the client has left.
  // Error ActivityWorkerLimitExceeded.
  Task<Result<std::optional<ActivityTask>>> poll(engine::Engine& engine, std::string arn, std::string worker_name,
                                                 Duration patience, std::stop_token gone);
  // A task has been queued, at that time: a waiting poll looks for it.
  void queued(const std::string& arn, Timestamp since);
  // Ends the polls that wait, and those that come: there will be no task for them here.
  void drain();

  // Activities that memory is kept for: those that are polled, and are there.
  std::size_t polled() const { return queues_.size(); }

 private:
  struct Waiter;
  struct Queue {
    std::deque<std::shared_ptr<Waiter>> waiters;
    std::string next;  // no task that can be given out stands before this key
  };
  void wake_next(const std::string& arn);
  void forget(const std::string& arn);  // unless polls wait
  void look_from(const std::string& arn, std::string key);
  Result<std::optional<std::string>> claim(const std::string& arn);
  Task<Result<std::optional<ActivityTask>>> take(engine::Engine& engine, std::string arn, std::string worker_name);

  store::Store* store_;
  Scheduler* scheduler_;
  std::unordered_map<std::string, Queue> queues_;
  bool draining_ = false;
  std::unordered_set<std::string> claimed_;  // keys of entries that are being handed out
};

}  // namespace stepwell::states
