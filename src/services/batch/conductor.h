#pragma once
// Drives jobs: brings those that were submitted into their queues, starts what is next where there is room, and decides
// what becomes of a job when an attempt is over. Everything that is still to be done stands in the store, so that after
// a crash it goes on where it stood:
//
//   rows `task`    jobs whose dependencies are to be looked at, whose children are to be made or ended, or whose
//                  dependents are to be told of their end: a piece at a time
//   rows `ready`   jobs in their queues
//   rows `active`  attempts that are taken up again
//
// Queues are served by their priority, each in the order of its jobs; a job whose turn it is and for which there is no
// room holds up those behind it, as on AWS.

#include "base/async_mutex.h"
#include "base/containers.h"
#include "base/ports.h"
#include "base/task.h"
#include "base/timer.h"
#include "services/batch/attempts.h"
#include "services/batch/catalog.h"
#include "services/batch/change.h"
#include "services/batch/ledger.h"
#include "services/batch/status_events.h"
#include "services/directory/directory.h"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace stepwell::batch {

struct Limits {
  std::size_t running = 32;                   // containers at once, whatever compute environments allow
  std::size_t piece = 500;                    // jobs that one commit makes or ends
  Duration retention = std::chrono::days(7);  // of ended jobs
};

// Files: conductor.cpp (the loop, attempts), conductor_tasks.cpp, conductor_queues.cpp, retention.cpp.
class Conductor : public std::enable_shared_from_this<Conductor> {
 public:
  struct Ports {
    Scheduler& scheduler;
    Clock& clock;
    Random& random;
    Log& log;
    directory::Directory& directory;
    containers::Containers& containers;
    Ledger& ledger;
    Catalog& catalog;
    StatusEvents& events;
    std::function<Result<Surroundings>(const Job&, std::string_view role_arn)> surroundings;
  };
  Conductor(const Ports& ports, const Limits& limits) : ports_(ports), limits_(limits) {}

  // Takes up the attempts that were under way; nothing runs before.
  Result<void> start();
  void stop();

  // Held while jobs that are there are changed.
  AsyncMutex& changes() { return changes_; }
  Task<Result<void>> commit(Change& change);
  // There is something to do.
  void knock();
  // The next place in a queue.
  std::uint64_t next_place() { return ++last_place_; }
  // Ends a job before its time: one that waits at once, the children of an array one after the other. The containers of
  // `stopped` are to be stopped when that is durable.
  Result<void> terminate(Change& change, Job& job, std::string_view reason, std::vector<JobId>& stopped);
  // The same for what does not run yet.
  Result<void> cancel(Change& change, Job& job, std::string_view reason);
  void stop_attempts(const std::vector<JobId>& ids);

  // Resolves with true when the job has ended or is not there, with false when the program stops before.
  Task<bool> ended(JobId id);
  void drain();

 private:
  Attempts::Ports attempt_ports();
  Result<void> take_up();
  void clean_up();
  Task<Result<void>> run();
  Task<Result<bool>> do_tasks();
  Task<Result<void>> fill();
  Task<Result<void>> forget_old();

  // conductor_tasks.cpp: a piece of what is to be done about a job.
  Result<void> end_early(Change& change, Job& job, Ending ending, std::string_view reason);
  Result<void> work(Change& change, const JobId& id, std::vector<JobId>& stopped);
  Result<void> look_at_dependencies(Change& change, Job& job);
  Result<void> make_children(Change& change, Job& array);
  Result<void> make_child(Change& change, Job& array, const json::Value& document, std::uint32_t index);
  Result<void> end_children(Change& change, Job& array, std::vector<JobId>& stopped);
  Result<void> tell_dependents(Change& change, const Job& job);
  Result<void> end_unmade(Change& change, Job& job, std::string_view reason);
  // conductor_queues.cpp
  struct Queue;
  Result<std::vector<Queue>> queues() const;
  Result<void> serve(const Queue& queue, Change& change, std::vector<JobId>& begun, std::size_t room);
  Task<Result<void>> close_queues();

  Task<Result<Timestamp>> attempt_started(JobId id, std::uint32_t attempt);
  Task<Result<void>> attempt_over(JobId id, std::uint32_t attempt, Outcome outcome);
  void arm(Duration delay);

  Ports ports_;
  const Limits limits_;
  std::shared_ptr<Attempts> attempts_;
  AsyncMutex changes_;
  std::unordered_map<std::string, std::vector<Pending<bool>>> waiting_;  // by job
  std::unique_ptr<Timer> alarm_;
  std::string store_name_;  // what containers of this store are labelled with; empty: there was none yet
  std::uint64_t last_place_ = 0;
  bool started_ = false;
  bool running_ = false;
  bool again_ = false;
  Timestamp next_forgotten_{};
};

}  // namespace stepwell::batch
