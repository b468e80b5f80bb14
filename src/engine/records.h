#pragma once
// Values of the engine's tables (store/tables.def), which begin with a version byte; readers keep every version for
// ever. The keys: engine/record_keys.h.

#include "engine/execution.h"
#include "engine/record_keys.h"
#include "store/store.h"

#include <optional>
#include <string>
#include <string_view>

namespace stepwell::engine {

// What ListExecutions shows of an execution.
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
std::string list_value(const ListEntry& entry);
std::optional<ListEntry> read_list_entry(std::string_view list, std::string_view key, std::string_view value);

// The execution that a task waits for (starter.h).
struct NestedExecution {
  TaskRef task;
  ExecutionId execution;
  asl::Pattern pattern = asl::Pattern::sync;
};
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
