#pragma once
// Keys of the engine's tables (store/tables.def). What reads them gives nullopt for what is no such key.

#include "base/time.h"
#include "engine/execution.h"
#include "engine/ids.h"
#include "engine/interpreter.h"
#include "engine/starter.h"

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

// An execution in a list, newest first within its status. `list` is the ARN of a machine, a version or an alias: an
// execution stands in the list of each that it was started by.
struct ListKey {
  std::string list;
  Status status = Status::running;
  Timestamp started{};
  ExecutionId id;
};
std::string list_key(std::string_view list, Status status, Timestamp started, ExecutionId id);
std::string list_prefix(std::string_view list, Status status);
std::optional<ListKey> read_list_key(std::string_view key);

// An activity task that waits for a worker, oldest first within its activity.
std::string queue_key(std::string_view activity_arn, Timestamp since, const TaskRef& task);
std::string queue_prefix(std::string_view activity_arn);
std::optional<TaskRef> read_queue_key(std::string_view key);

// The task that waits for an execution, or for work of another service (starter.h).
std::string nested_key(NestedRow row, const TaskRef& task);
std::string nested_prefix(NestedRow row);
std::optional<TaskRef> read_nested_key(std::string_view key);

}  // namespace stepwell::engine
