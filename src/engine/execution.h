#pragma once
// One execution in memory: its record and the scopes that are open. Only `apply` changes them; everything else reads.
//
// All trees, texts and payloads live in the execution's arena. Between two commands the arena may be replaced by a copy
// of what is still referred to (`compact`), so nobody keeps a pointer into it across commands.

#include "base/time.h"
#include "engine/event.h"
#include "engine/ids.h"
#include "engine/payload.h"
#include "engine/revision.h"
#include "engine/starter.h"
#include "lang/json/arena.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stepwell::engine {

enum class Status : std::uint8_t { running, succeeded, failed, timed_out, aborted };
std::string_view name_of(Status status);  // "RUNNING", …
inline constexpr Status all_statuses[] = {Status::running, Status::succeeded, Status::failed, Status::timed_out,
                                          Status::aborted};

enum class ScopeKind : std::uint8_t { top, branch, iteration };

// What a scope waits for.
enum class Waiting : std::uint8_t {
  nothing,   // it is being run, or waits for its turn
  timer,     // a Wait state
  retry,     // the delay before the next attempt, or its turn after others were let run
  task,      // an answer
  children,  // branches or iterations
};

enum class TaskKind : std::uint8_t { integration, lambda, activity };

// A task under way.
struct TaskWait {
  TaskKind kind = TaskKind::integration;
  EventId scheduled = 0;               // id of its …Scheduled event
  bool started = false;                // its …Started event is there
  bool submitted = false;              // TaskSubmitted is there (.sync, .waitForTaskToken)
  std::int64_t timeout_seconds = 0;    // 0: none
  std::int64_t heartbeat_seconds = 0;  // 0: none
  std::optional<Timestamp> timeout_due;
  std::optional<Timestamp> heartbeat_due;
  const Payload* arguments = nullptr;
  std::string role_arn;  // Credentials; empty: the machine's role
};

// Children under way.
struct ForkWait {
  std::uint32_t count = 0;
  std::uint32_t started = 0;  // children opened so far; the next one has this index
  std::uint32_t running = 0;
  std::uint32_t failed = 0;
  std::uint32_t concurrency = 0;
  std::uint32_t tolerated_failures = 0;
  std::uint32_t tolerated_percentage_millis = 0;  // percent × 1000
  EventId started_event = 0;                      // …StateStarted
  std::size_t output_bytes = 0;                   // Express: of the children that came to an end
  std::uint32_t finished() const { return started - running; }
};

struct Variable {
  std::string name;
  const Payload* value = nullptr;
};

struct Scope {
  ScopeId id = top_scope;
  ScopeId parent = top_scope;  // of itself at the top
  ScopeKind kind = ScopeKind::top;
  std::uint32_t index = 0;  // branch or iteration number
  std::uint32_t state = 0;  // index in the machine
  EventId last_event = 0;   // what the next event of this scope points at
  EventId last_state_event = 0;
  EventId entered_event = 0;  // …StateEntered of this visit
  Timestamp entered_at{};
  std::uint32_t attempts = 0;          // retries in this visit, over all retriers: $$.State.RetryCount
  std::vector<std::uint32_t> retries;  // by retrier
  const Payload* data = nullptr;       // the state's input; the output of the last state once it is left
  std::vector<Variable> variables;
  Waiting waiting = Waiting::nothing;
  std::optional<Timestamp> due;             // Waiting::timer, Waiting::retry
  TaskWait task;                            // Waiting::task
  ForkWait fork;                            // Waiting::children
  mutable std::optional<json::Value> kept;  // see asl::Activation::kept
  std::vector<const Payload*> outputs;      // of children, by index; nullptr: not there, or only in the store

  // What the store has of this scope, so that a commit writes the difference only (records.h).
  struct Stored {
    bool record = false;
    bool effect = false;
    EventId awaits = 0;  // the attempt that waits for the end of an execution; 0: none
    EventId forked = 0;  // the fork whose children's outputs are there; 0: none
    std::optional<Timestamp> timers[3];
    std::string queue_key;  // of the activity queue entry
  } stored;
  bool dirty = true;  // differs from the store
};

// A scope that can go on.
struct Work {
  enum class Kind : std::uint8_t {
    enter,  // enter `state`
    join,   // all children are done
    again,  // run `state` once more, in the same visit
  };
  ScopeId scope = top_scope;
  Kind kind = Kind::enter;
  const asl::State* state = nullptr;
};

// What the caller of a redrive sent, so that sending it again does not redrive again.
struct RedriveToken {
  std::string token;
  Timestamp at{};
};
inline constexpr std::size_t max_redrive_tokens = 10;

struct Execution {
  ExecutionId id;
  std::string name;
  std::shared_ptr<const Revision> revision;
  std::string trace_header;
  std::string version_arn;        // of the machine's version that it was started by; empty: none
  std::string alias_arn;          // likewise
  std::vector<Starter> starters;  // the tasks that started it; Standard only
  bool accepted = false;          // asynchronous Express: a record promises that it is run
  std::string express_id;         // UUID, the last part of an Express execution's ARN; empty for Standard
  Status status = Status::running;
  Timestamp started{};
  Timestamp last_event_at{};  // the wall clock may go back, a history does not
  std::optional<Timestamp> stopped;
  std::optional<Timestamp> deadline;  // TimeoutSeconds of the machine
  const Payload* input = nullptr;
  const Payload* output = nullptr;
  std::optional<std::string> error;
  std::optional<std::string> cause;
  // An upper bound of what all variables hold; absent: not known yet.
  std::optional<std::size_t> variable_bytes;
  std::uint32_t redrive_count = 0;
  std::optional<Timestamp> redriven;     // when it was last
  std::vector<RedriveToken> redrive_by;  // the last few, oldest first
  EventId next_event = 1;
  Serial next_serial = 1;
  ScopeId next_scope = 0;

  json::Arena arena;
  std::size_t compacted_bytes = 0;  // of the arena, after it was compacted last
  std::unordered_map<ScopeId, std::unique_ptr<Scope>> scopes;
  std::deque<Work> ready;  // to be run, in order
  std::vector<std::unique_ptr<Scope>>
      removed;  // closed since the last commit, while the store still has something of them

  struct Stored {
    bool record = false;
    Status status = Status::running;
    std::uint32_t redrive_count = 0;
    bool deadline = false;
    std::optional<Timestamp> ended;  // in the order of the ends
  } stored;
  bool dirty = true;

  bool is_express() const { return revision->type == asl::MachineType::express; }
  Scope* find(ScopeId scope) {
    const auto found = scopes.find(scope);
    return found == scopes.end() ? nullptr : found->second.get();
  }
  const asl::State& state_of(const Scope& scope) const { return revision->machine->state(scope.state); }
  // The attempt in this scope that waits for the end of what it has started (.sync); 0: none.
  EventId awaits(const Scope& scope) const;

  // arn:aws:states:<region>:<account>:execution:<machine>:<name>, or …:express:<machine>:<name>:<serial as UUID>
  std::string arn() const;
};

// The ARN of a Standard execution of a machine.
std::string execution_arn(std::string_view machine_arn, std::string_view name);

// Moves everything that is still referred to into a new arena, when the old one has become twice as large as what was
// left the last time: what is copied is paid for by what has come since, however much an execution holds.
void compact_when_grown(Execution& execution);

}  // namespace stepwell::engine
