#pragma once
// What deciding may ask of the world, and what it asks the world to do once the decision is durable.

#include "base/ports.h"
#include "base/time.h"
#include "engine/execution.h"
#include "engine/ids.h"
#include "engine/revision.h"
#include "store/store.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace stepwell::engine {

// Questions, answered at once. Implemented by services/states; by plain maps in tests.
class World {
 public:
  virtual ~World() = default;
  // Throws StorageLost (storage_lost.h) where nobody can tell.
  virtual bool activity_exists(std::string_view activity_arn) = 0;
  // The token that names an attempt, as a workflow may hand it to the outside ($$.Task.Token).
  virtual std::string task_token(const TaskRef& task) = 0;
  // A revision that an execution runs; nullptr when it is not there (data of a newer program, corruption).
  virtual std::shared_ptr<const Revision> revision(std::string_view machine_arn, std::string_view revision_id) = 0;
};

// An effect: run this task. Sent after the commit, and again after a crash; `idempotency_key` is the same both times.
struct RunTask {
  TaskRef task;
  std::string idempotency_key;  // execution ARN + event id
  std::string execution_arn;
  std::string execution_name;
  std::shared_ptr<const Revision> revision;
  std::string state_name;
  const asl::Resource* resource = nullptr;  // of the revision's machine
  std::string arguments;                    // JSON
  std::string role_arn;                     // Credentials; empty: the machine's role
  bool again = false;                       // sent before, answer unknown
};
// The task's answer is no longer wanted: it timed out, or its execution ended.
struct CancelTask {
  TaskRef task;
  bool awaits = false;  // what it has started is to be stopped
};
// A task waits in the queue of an activity.
struct ActivityQueued {
  std::string activity_arn;
  Timestamp since{};  // its place in the queue
};
struct ExecutionEnded {
  ExecutionId execution;
  Status status = Status::running;
  std::vector<Starter> awaited_by;  // tasks that are to be told
};
using Effect = std::variant<RunTask, CancelTask, ActivityQueued, ExecutionEnded>;

// Performs effects; called on the shard's thread after the commit. Must not call back into the engine before it
// returns.
class Effects {
 public:
  virtual ~Effects() = default;
  virtual void perform(Effect effect) = 0;
};

// Sees every decision before it is committed and may add to the commit: what it adds happens if and only if the
// decision does. An Express execution has no records, so what is added for it is a commit of its own.
class Witness {
 public:
  virtual ~Witness() = default;
  // Only looks; texts of payloads are made in the execution's arena, as always.
  virtual void witness(Execution& execution, std::span<const Event> events, store::Batch& batch) = 0;
};

// AWS's limits (spec §2, "Limits").
struct Limits {
  EventId max_events = 25'000;                  // the last one is ExecutionFailed
  std::size_t max_payload_bytes = 262'144;      // UTF-8
  std::size_t max_variable_bytes = 10U << 20U;  // of all variables of an execution together
  std::uint32_t max_inline_concurrency = 40;
  Duration express_timeout{300'000};
  Duration standard_timeout = std::chrono::hours(365 * 24);
  std::optional<Duration> retention;  // of ended executions; nullopt: for ever (AWS: 90 days)
  // Ours: after so much, an execution lets others run.
  std::size_t states_per_slice = 5'000;                  // Express
  std::uint64_t steps_per_slice = 5'000'000;             // of evaluation, see asl::Activation::budget
  std::size_t bytes_per_slice = std::size_t{64} << 20U;  // by which it grows
  // Ours: what an Express execution, whose history is not bounded, may hold in memory.
  std::size_t max_express_bytes = std::size_t{128} << 20U;
  std::size_t max_express_scopes = 10'000;  // beyond that branches and iterations are opened one at a time
  std::size_t max_in_memory = 1'024;        // Standard executions of a shard beyond need, about 6 KB each
};

}  // namespace stepwell::engine
