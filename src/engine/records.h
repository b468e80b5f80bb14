#pragma once
// Keys and values of the engine's tables (store/tables.def). Every value begins with a version byte; readers keep every
// version for ever.

#include "engine/execution.h"
#include "engine/interpreter.h"
#include "store/store.h"

#include <optional>
#include <string>
#include <string_view>

namespace stepwell::engine {

std::string execution_key(ExecutionId id);
std::optional<ExecutionId> read_execution_key(std::string_view key);
// Above every key that begins with that of the execution, and beginning so itself: what is between the two is found
// without a look at files that have nothing of it (store/prefixes.def).
std::string end_of_execution(ExecutionId id);
std::string name_key(std::string_view machine_arn, std::string_view name);
std::string names_prefix(std::string_view machine_arn);  // what the name keys of a machine begin with
// How long a name belongs to an execution that has ended (spec §2). After that a new one may take it, while the old one
// is still there if it is kept longer.
inline constexpr Duration name_kept = std::chrono::days(90);
std::string event_key(ExecutionId id, Serial first);
std::string scope_key(ExecutionId id, ScopeId scope);
std::string child_output_key(ExecutionId id, ScopeId parent, std::uint32_t index);
std::string shard_key(ShardId shard);

// A due time of a scope (or, with kind execution, of the whole execution).
struct TimerEntry {
  Timestamp due{};
  ExecutionId execution;
  ScopeId scope = top_scope;
  TimerKind kind = TimerKind::wait;
  auto operator<=>(const TimerEntry&) const = default;
};
std::string timer_key(const TimerEntry& timer);
std::optional<TimerEntry> read_timer_key(std::string_view key);

// An execution that has ended, in the order of the ends.
struct EndedEntry {
  Timestamp stopped{};
  ExecutionId execution;
};
std::string ended_key(const EndedEntry& ended);
std::optional<EndedEntry> read_ended_key(std::string_view key);

// What ListExecutions shows of an execution, newest first within a list and status. `list` is the ARN of a machine, a
// version or an alias: an execution stands in the list of each that it was started by.
struct ListEntry {
  ExecutionId id;
  Status status = Status::running;
  Timestamp started{};
  std::string name;
  std::optional<Timestamp> stopped;
  std::string version_arn = {}, alias_arn = {};
  std::uint32_t redrive_count = 0;
  std::optional<Timestamp> redriven = {};
};
std::string list_key(std::string_view list, Status status, Timestamp started, ExecutionId id);
std::string list_prefix(std::string_view list, Status status);
std::string list_value(const ListEntry& entry);
std::optional<ListEntry> read_list_entry(std::string_view list, std::string_view key, std::string_view value);

// An activity task that waits for a worker, oldest first within its activity.
std::string queue_key(std::string_view activity_arn, Timestamp since, const TaskRef& task);
std::string queue_prefix(std::string_view activity_arn);
std::optional<TaskRef> read_queue_key(std::string_view key);

// The execution that a task waits for (starter.h).
struct NestedExecution {
  TaskRef task;
  ExecutionId execution;
  asl::Pattern pattern = asl::Pattern::sync;
};
std::string nested_key(NestedRow row, const TaskRef& task);
std::string nested_prefix(NestedRow row);
std::string nested_value(ExecutionId execution, asl::Pattern pattern);
// `value` is empty in rows of `cancelled`, which leaves `execution` unset.
std::optional<NestedExecution> read_nested(std::string_view key, std::string_view value);

// Work of another service that a task waits for (starter.h).
struct AwaitedWork {
  TaskRef task;
  std::string service;  // in the directory
  std::string arn;
};
// Under nested_key(NestedRow::work, task).
std::string work_value(std::string_view service, std::string_view arn);
std::optional<AwaitedWork> read_work(std::string_view key, std::string_view value);

// The record of an execution without its payloads' bytes.
struct ExecutionRecord {
  std::string name, machine_arn, revision_id, trace_header;
  Status status = Status::running;
  Timestamp started{};
  Timestamp last_event_at{};
  std::optional<Timestamp> stopped, deadline;
  Home input, output;
  std::optional<std::string> error, cause;
  std::string version_arn, alias_arn;
  std::uint32_t redrive_count = 0;
  std::optional<Timestamp> redriven;
  std::vector<RedriveToken> redrive_by;
  EventId next_event = 1;
  Serial next_serial = 1;
  ScopeId next_scope = 0;
  std::vector<Starter> starters;
};
std::string encode(const Execution& execution);
std::optional<ExecutionRecord> decode_execution(std::string_view value);

// What a search asks of such a record, read without a copy: views into it.
struct ExecutionGlance {
  std::string_view name, machine_arn;
  Status status = Status::running;
  Timestamp started{};
  Home input, output;
  std::string_view error, cause;
};
std::optional<ExecutionGlance> glance_at_execution(std::string_view value);

std::string encode(const Scope& scope, json::Arena& arena);
// nullptr: no such record.
std::unique_ptr<Scope> decode_scope(std::string_view value, json::Arena& arena, const PayloadSource& source,
                                    ExecutionId execution);

std::string encode(Home home);
std::optional<Home> decode_home(std::string_view value);

// An asynchronous Express execution that is promised to be run.
struct AcceptedExpress {
  std::string machine_arn, revision_id, name, express_id, trace_header, input;
  Timestamp started{};
};
std::string encode(const AcceptedExpress& accepted);
std::optional<AcceptedExpress> decode_accepted(std::string_view value);

}  // namespace stepwell::engine
