#pragma once
// A shard runs the executions whose ids bear its number: one thread, no locks, one decision after the other.
//
//   command → load (if it is not in memory) → Interpreter decides → persist → Store::commit … → reply and effects
//
// A shard goes on deciding on top of batches that are not durable yet; replies and effects leave only when their batch,
// and so every one before it, is. Executions stay in memory while commits are under way, and some while beyond that.

#include "base/ports.h"
#include "base/timer.h"
#include "engine/interpreter.h"
#include "engine/observer.h"
#include "engine/persist.h"
#include "engine/retention.h"
#include "engine/timers.h"
#include "engine/world.h"
#include "store/store.h"

#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <unordered_map>

namespace stepwell::engine {

template <typename T>
using Reply = std::move_only_function<void(Result<T>)>;

struct StartRequest {
  std::shared_ptr<const Revision> revision;
  std::string name;
  std::string input;  // JSON
  std::string trace_header;
  bool unique_name = false;             // made here, never seen before: needs no look-up
  std::optional<Starter> starter = {};  // the task that starts it
  std::string version_arn = {};         // of the version that it is started by
  std::string alias_arn = {};           // of the alias that it is started by
};

struct StartOutcome {
  enum class Kind : std::uint8_t {
    started,
    same,   // an execution of that name with the same input is running, or this task has started it before: this is it
    taken,  // the name belongs to another execution
  };
  Kind kind = Kind::started;
  ExecutionId id;
  std::string arn;
  Timestamp started{};
};

// A synchronous Express execution at its end.
struct Finished {
  std::string arn;
  std::string name;
  std::string input;
  Timestamp started{}, stopped{};
  Status status = Status::running;
  std::string output;  // JSON, when it succeeded
  std::optional<std::string> error, cause;
};

struct ShardPorts {
  store::Store& store;
  World& world;
  Effects& effects;
  Clock& clock;
  Random& random;
  Scheduler& scheduler;
  Log& log;
  Limits limits;
  Witness* witness = nullptr;    // may be absent
  Observer* observer = nullptr;  // may be nullptr
};

// Files: shard.cpp (executions in memory, commits), shard_start.cpp, shard_commands.cpp, shard_express.cpp,
// shard_timers.cpp, shard_recovery.cpp.
class Shard {
 public:
  Shard(ShardId number, const ShardPorts& ports);
  ~Shard();

  // Reads what must go on: tasks to be sent again, accepted Express executions, timers. Call once, before anything
  // else.
  Result<void> recover();

  void start(StartRequest request, Reply<StartOutcome> reply);
  void start_sync(StartRequest request, Reply<Finished> reply);
  // The time at which it stopped; for an execution that has ended, when it did.
  void stop(ExecutionId id, std::optional<std::string> error, std::optional<std::string> cause, Reply<Timestamp> reply);
  // An ended execution goes on from where it failed (redrive.h): the time at which it does. `token` (may be empty)
  // names the request: sent again, it gets the same answer. Error "ExecutionNotRedrivable".
  void redrive(ExecutionId id, std::string token, Reply<Timestamp> reply);
  // Answers to tasks. Error "TaskDoesNotExist" when there is no such execution, "TaskTimedOut" when the attempt is
  // over.
  // What a task has done (`effect`) becomes durable with its answer, or neither does; not for Express executions, whose
  // answers are not recorded.
  void complete_task(const TaskRef& task, std::string result, Reply<void> reply, store::Batch effect = {});
  void fail_task(const TaskRef& task, std::optional<std::string> error, std::optional<std::string> cause,
                 Reply<void> reply, store::Batch effect = {});
  void submit_task(const TaskRef& task, std::string output, Reply<void> reply, store::Batch effect = {});
  void heartbeat(const TaskRef& task, Reply<void> reply);
  // A worker takes a queued activity task: its input.
  void start_activity_task(const TaskRef& task, std::string worker_name, Reply<std::string> reply);

  std::size_t executions_in_memory() const { return live_.size(); }

 private:
  struct Commit;
  // An execution in memory.
  struct Live {
    std::unique_ptr<Execution> execution;
    std::size_t commits = 0;         // under way
    Commit* last_commit = nullptr;   // the newest of them
    bool lost = false;               // a commit or a read failed: memory is ahead of the store
    Reply<Finished> on_end;          // synchronous Express
    std::vector<TimerEntry> timers;  // Express: the ones in memory
    std::list<ExecutionId>::iterator used;
  };
  using LivePtr = std::shared_ptr<Live>;
  using Answer = std::move_only_function<void(const Result<void>&)>;
  struct Commit {
    store::Ticket ticket = 0;
    LivePtr live;
    std::vector<Answer> answers;
    std::vector<Effect> effects;
    std::vector<TimerEntry> timers;
    std::string name;  // key in names_, for the first commit of a named execution
  };

  static constexpr Duration rest_after_failure{1'000};  // before the store is troubled again
  static constexpr Duration longest_rest{60'000};

  LivePtr find(ExecutionId id);  // in memory or in the store; throws StorageLost
  LivePtr insert(std::unique_ptr<Execution> execution);
  ExecutionId next_id();
  ExecutionId next_express_id();
  std::unique_ptr<Execution> make_execution(StartRequest& request);
  std::optional<StartOutcome> existing(const StartRequest& request);
  void join(const LivePtr& live, const std::optional<Starter>& starter, Answer answer);
  void start_express(std::unique_ptr<Execution> execution, std::string input, Reply<StartOutcome> reply);
  void recover_execution(ExecutionId id);
  void recover_express(std::string_view key, std::string_view value);
  void run_express(const LivePtr& live, const Payload* input);

  // Runs `decide` on an execution; `answer` gets its outcome when it is durable. Any failure goes to `answer` at once.
  // With what is decided, `effect` is committed.
  void command(ExecutionId id, std::move_only_function<Result<void>(Interpreter&, Execution&)> decide, Answer answer,
               store::Batch effect = {});
  void finish(const LivePtr& live, Decision decision, Answer answer, store::Batch effect = {});
  void finish_express(const LivePtr& live, Decision decision);
  void commit(const LivePtr& live, store::Batch batch, std::vector<Effect> effects, std::vector<TimerEntry> timers,
              Answer answer);
  void on_committed();  // on the loop's thread
  void settle(Commit& commit, const Result<void>& result);
  void forget(Live& live);
  void lose(const LivePtr& live, ExecutionId id);
  void take_up_later(ExecutionId id);
  void resume_lost();
  void knock();
  void keep_promise(const LivePtr& live, store::Batch batch);
  void send_again(const Live& live);
  void slice(ExecutionId id);
  void trim();
  bool let_go(ExecutionId id, const std::string& name);

  void arm_timer();
  void fire_due();
  void fire(const TimerEntry& timer);

  const ShardId number_;
  ShardPorts ports_;
  StoredPayloads payloads_;
  Timers timers_;
  std::unique_ptr<Timer> alarm_;
  std::optional<Timestamp> alarm_at_;
  std::unique_ptr<Timer> knock_;
  Retention retention_;
  Timestamp timers_rest_until_{};  // the store has refused a commit: what is due waits a moment
  std::uint64_t last_serial_ = 0;
  std::uint64_t last_express_ = 0;  // 0: there was none

  std::unordered_map<ExecutionId, LivePtr> live_;
  std::list<ExecutionId> used_;                         // least recently used first
  std::unordered_map<std::string, ExecutionId> names_;  // of executions whose first commit is under way

  std::set<ExecutionId> lost_;     // executions whose commit or read failed; they go on when the store does
  std::vector<LivePtr> promised_;  // Express executions that have ended, and whose promise the store still has
  bool refused_ = false;           // the store has refused the last commit
  Duration rest_ = rest_after_failure;
  std::deque<std::unique_ptr<Commit>> commits_;  // under way, in order
  // Filled by the store's thread. Shared so that a completion may come after the shard is gone.
  struct Completions {
    std::mutex mutex;
    std::vector<Result<void>> results;
    Shard* shard = nullptr;
  };
  std::shared_ptr<Completions> completions_;
};

}  // namespace stepwell::engine
