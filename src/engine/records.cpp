#include "engine/records.h"

#include "store/codec.h"

namespace stepwell::engine {
namespace {

using store::ValueReader;
using store::ValueWriter;

constexpr std::uint8_t version = 1;
constexpr std::uint8_t second_version = 2;  // of executions and their lists: versions, aliases, redrives
constexpr std::uint8_t third_version = 3;   // of executions: the time of the last event

void write(ValueWriter& out, std::optional<Timestamp> time) {
  out.u8(time ? 1 : 0);
  if (time) out.signed_varint(time->time_since_epoch().count());
}
std::optional<Timestamp> read_time(ValueReader& in) {
  if (in.u8() == 0) return std::nullopt;
  return Timestamp{Duration{in.signed_varint()}};
}

void write(ValueWriter& out, const std::optional<std::string>& text) {
  out.u8(text ? 1 : 0);
  if (text) out.text(*text);
}
std::optional<std::string> read_text(ValueReader& in) {
  if (in.u8() == 0) return std::nullopt;
  return std::string(in.text());
}

void write(ValueWriter& out, Home home) { out.varint(home.serial).u8(static_cast<std::uint8_t>(home.tag)); }
Home read_home(ValueReader& in) {
  const Serial serial = in.varint();
  return {.serial = serial, .tag = static_cast<FieldTag>(in.u8())};
}

// 0: none, 1: in full, 2: where it is.
void write(ValueWriter& out, const Payload* payload, json::Arena& arena) {
  if (payload == nullptr) {
    out.u8(0);
  } else if (payload->home().serial == 0) {
    out.u8(1).text(payload->text(arena));
  } else {
    out.u8(2);
    write(out, payload->home());
  }
}

struct PayloadReader {
  json::Arena& arena;
  const PayloadSource& source;
  ExecutionId execution;
  const Payload* read(ValueReader& in) const {
    switch (in.u8()) {
      case 1: return Payload::of_text(arena, in.text());
      case 2: return Payload::of_home(arena, source, execution, read_home(in));
      default: return nullptr;
    }
  }
};

void write(ValueWriter& out, ExecutionId id) { out.varint(id.shard).varint(id.serial); }
ExecutionId read_id(ValueReader& in) {
  const auto shard = static_cast<ShardId>(in.varint());
  return {.shard = shard, .serial = in.varint()};
}

void write(ValueWriter& out, const std::vector<Starter>& starters) {
  out.varint(starters.size());
  for (const Starter& starter : starters) {
    write(out, starter.task.execution);
    out.varint(starter.task.scope).varint(starter.task.scheduled).u8(static_cast<std::uint8_t>(starter.pattern));
  }
}
std::vector<Starter> read_starters(ValueReader& in) {
  std::vector<Starter> starters;
  for (std::uint64_t count = in.varint(); count > 0 && in.ok(); --count) {
    Starter& starter = starters.emplace_back();
    starter.task.execution = read_id(in);
    starter.task.scope = static_cast<ScopeId>(in.varint());
    starter.task.scheduled = static_cast<EventId>(in.varint());
    starter.pattern = static_cast<asl::Pattern>(in.u8());
  }
  return starters;
}

void write(ValueWriter& out, const std::vector<RedriveToken>& tokens) {
  out.varint(tokens.size());
  for (const auto& [token, at] : tokens) out.text(token).signed_varint(at.time_since_epoch().count());
}
std::vector<RedriveToken> read_tokens(ValueReader& in) {
  std::vector<RedriveToken> tokens;
  for (std::uint64_t count = in.varint(); count > 0 && in.ok(); --count) {
    std::string token(in.text());
    tokens.push_back({.token = std::move(token), .at = Timestamp{Duration{in.signed_varint()}}});
  }
  return tokens;
}

void write_task(ValueWriter& out, const TaskWait& task, json::Arena& arena) {
  out.u8(static_cast<std::uint8_t>(task.kind)).varint(task.scheduled).u8(task.started).u8(task.submitted);
  out.signed_varint(task.timeout_seconds).signed_varint(task.heartbeat_seconds);
  write(out, task.timeout_due);
  write(out, task.heartbeat_due);
  write(out, task.arguments, arena);
  out.text(task.role_arn);
}
TaskWait read_task(ValueReader& in, const PayloadReader& payloads) {
  TaskWait task;
  task.kind = static_cast<TaskKind>(in.u8());
  task.scheduled = static_cast<EventId>(in.varint());
  task.started = in.u8() != 0;
  task.submitted = in.u8() != 0;
  task.timeout_seconds = in.signed_varint();
  task.heartbeat_seconds = in.signed_varint();
  task.timeout_due = read_time(in);
  task.heartbeat_due = read_time(in);
  task.arguments = payloads.read(in);
  task.role_arn = in.text();
  return task;
}

void write_fork(ValueWriter& out, const ForkWait& fork) {
  out.varint(fork.count).varint(fork.started).varint(fork.running).varint(fork.failed).varint(fork.concurrency);
  out.varint(fork.tolerated_failures).varint(fork.tolerated_percentage_millis).varint(fork.started_event);
}
ForkWait read_fork(ValueReader& in) {
  const auto number = [&in] { return static_cast<std::uint32_t>(in.varint()); };
  ForkWait fork;
  fork.count = number();
  fork.started = number();
  fork.running = number();
  fork.failed = number();
  fork.concurrency = number();
  fork.tolerated_failures = number();
  fork.tolerated_percentage_millis = number();
  fork.started_event = number();
  return fork;
}

}  // namespace

std::string list_value(const ListEntry& entry) {
  std::string value;
  ValueWriter out(value);
  out.u8(second_version).text(entry.name);
  write(out, entry.stopped);
  out.text(entry.version_arn).text(entry.alias_arn).varint(entry.redrive_count);
  write(out, entry.redriven);
  return value;
}

std::optional<ListEntry> read_list_entry(std::string_view list, std::string_view key_bytes, std::string_view value) {
  const auto key = read_list_key(key_bytes);
  if (!key || key->list != list) return std::nullopt;
  ListEntry entry{.id = key->id, .status = key->status, .started = key->started, .name = {}, .stopped = {}};
  ValueReader in(value);
  const std::uint8_t format = in.u8();
  if (format != version && format != second_version) return std::nullopt;
  entry.name = in.text();
  entry.stopped = read_time(in);
  if (format == second_version) {
    entry.version_arn = in.text();
    entry.alias_arn = in.text();
    entry.redrive_count = static_cast<std::uint32_t>(in.varint());
    entry.redriven = read_time(in);
  }
  return in.ok() ? std::optional(std::move(entry)) : std::nullopt;
}

std::string nested_value(ExecutionId execution, asl::Pattern pattern) {
  std::string value;
  ValueWriter out(value);
  out.u8(version);
  write(out, execution);
  out.u8(static_cast<std::uint8_t>(pattern));
  return value;
}

std::optional<NestedExecution> read_nested(std::string_view key, std::string_view value) {
  const auto task = read_nested_key(key);
  if (!task) return std::nullopt;
  NestedExecution nested{.task = *task, .execution = {}};
  if (value.empty()) return nested;
  ValueReader in(value);
  if (in.u8() != version) return std::nullopt;
  nested.execution = read_id(in);
  nested.pattern = static_cast<asl::Pattern>(in.u8());
  return in.ok() && in.at_end() ? std::optional(nested) : std::nullopt;
}

std::string work_value(std::string_view service, std::string_view arn) {
  std::string value;
  ValueWriter(value).u8(version).text(service).text(arn);
  return value;
}

std::optional<AwaitedWork> read_work(std::string_view key, std::string_view value) {
  const auto task = read_nested_key(key);
  ValueReader in(value);
  if (!task || in.u8() != version) return std::nullopt;
  AwaitedWork work{.task = *task, .service = std::string(in.text()), .arn = std::string(in.text())};
  return in.ok() && in.at_end() ? std::optional(std::move(work)) : std::nullopt;
}

std::string encode(const Execution& execution) {
  std::string value;
  ValueWriter out(value);
  out.u8(third_version)
      .text(execution.name)
      .text(execution.revision->machine_arn)
      .text(execution.revision->revision_id);
  out.text(execution.trace_header).u8(static_cast<std::uint8_t>(execution.status));
  out.signed_varint(execution.started.time_since_epoch().count());
  write(out, execution.stopped);
  write(out, execution.deadline);
  write(out, execution.input ? execution.input->home() : Home{});
  write(out, execution.output ? execution.output->home() : Home{});
  write(out, execution.error);
  write(out, execution.cause);
  out.varint(execution.next_event).varint(execution.next_serial).varint(execution.next_scope);
  write(out, execution.starters);
  out.text(execution.version_arn).text(execution.alias_arn).varint(execution.redrive_count);
  write(out, execution.redriven);
  write(out, execution.redrive_by);
  out.signed_varint((execution.last_event_at - execution.started).count());
  return value;
}

std::optional<ExecutionRecord> decode_execution(std::string_view value) {
  ValueReader in(value);
  const std::uint8_t format = in.u8();
  if (format < version || format > third_version) return std::nullopt;
  ExecutionRecord record;
  record.name = in.text();
  record.machine_arn = in.text();
  record.revision_id = in.text();
  record.trace_header = in.text();
  record.status = static_cast<Status>(in.u8());
  record.started = Timestamp{Duration{in.signed_varint()}};
  record.stopped = read_time(in);
  record.deadline = read_time(in);
  record.input = read_home(in);
  record.output = read_home(in);
  record.error = read_text(in);
  record.cause = read_text(in);
  record.next_event = static_cast<EventId>(in.varint());
  record.next_serial = in.varint();
  record.next_scope = static_cast<ScopeId>(in.varint());
  record.starters = read_starters(in);
  if (format >= second_version) {
    record.version_arn = in.text();
    record.alias_arn = in.text();
    record.redrive_count = static_cast<std::uint32_t>(in.varint());
    record.redriven = read_time(in);
    record.redrive_by = read_tokens(in);
  }
  record.last_event_at =
      format >= third_version ? record.started + Duration{in.signed_varint()} : record.stopped.value_or(record.started);
  return in.ok() && in.at_end() ? std::optional(std::move(record)) : std::nullopt;
}

std::optional<ExecutionGlance> glance_at_execution(std::string_view value) {
  ValueReader in(value);
  if (const std::uint8_t format = in.u8(); format < version || format > third_version) return std::nullopt;
  const auto skip_time = [&in] {
    if (in.u8() != 0) in.varint();
  };
  ExecutionGlance glance;
  glance.name = in.text();
  glance.machine_arn = in.text();
  in.text();  // revision
  in.text();  // trace header
  glance.status = static_cast<Status>(in.u8());
  glance.started = Timestamp{Duration{in.signed_varint()}};
  skip_time();  // of the stop
  skip_time();  // the deadline
  glance.input = read_home(in);
  glance.output = read_home(in);
  if (in.u8() != 0) glance.error = in.text();
  if (in.u8() != 0) glance.cause = in.text();
  return in.ok() ? std::optional(glance) : std::nullopt;
}

std::string encode(const Scope& scope, json::Arena& arena) {
  std::string value;
  ValueWriter out(value);
  out.u8(version).varint(scope.id).varint(scope.parent).u8(static_cast<std::uint8_t>(scope.kind)).varint(scope.index);
  out.varint(scope.state).varint(scope.last_event).varint(scope.last_state_event).varint(scope.entered_event);
  out.signed_varint(scope.entered_at.time_since_epoch().count()).varint(scope.attempts);
  out.varint(scope.retries.size());
  for (const std::uint32_t count : scope.retries) out.varint(count);
  write(out, scope.data, arena);
  out.varint(scope.variables.size());
  for (const Variable& variable : scope.variables) {
    out.text(variable.name);
    write(out, variable.value, arena);
  }
  out.u8(static_cast<std::uint8_t>(scope.waiting));
  write(out, scope.due);
  if (scope.waiting == Waiting::task) write_task(out, scope.task, arena);
  if (scope.waiting == Waiting::children) write_fork(out, scope.fork);
  out.text(scope.stored.queue_key);
  return value;
}

std::unique_ptr<Scope> decode_scope(std::string_view value, json::Arena& arena, const PayloadSource& source,
                                    ExecutionId execution) {
  const PayloadReader payloads{arena, source, execution};
  ValueReader in(value);
  if (in.u8() != version) return nullptr;
  auto scope = std::make_unique<Scope>();
  const auto number = [&in] { return static_cast<std::uint32_t>(in.varint()); };
  scope->id = number();
  scope->parent = number();
  scope->kind = static_cast<ScopeKind>(in.u8());
  scope->index = number();
  scope->state = number();
  scope->last_event = number();
  scope->last_state_event = number();
  scope->entered_event = number();
  scope->entered_at = Timestamp{Duration{in.signed_varint()}};
  scope->attempts = number();
  for (std::uint64_t count = in.varint(); count > 0 && in.ok(); --count) scope->retries.push_back(number());
  scope->data = payloads.read(in);
  for (std::uint64_t count = in.varint(); count > 0 && in.ok(); --count) {
    std::string name(in.text());
    scope->variables.push_back({.name = std::move(name), .value = payloads.read(in)});
  }
  scope->waiting = static_cast<Waiting>(in.u8());
  scope->due = read_time(in);
  if (scope->waiting == Waiting::task) scope->task = read_task(in, payloads);
  if (scope->waiting == Waiting::children) scope->fork = read_fork(in);
  scope->stored.queue_key = in.text();
  return in.ok() && in.at_end() ? std::move(scope) : nullptr;
}

std::string encode(Home home) {
  std::string value;
  ValueWriter out(value);
  out.u8(version);
  write(out, home);
  return value;
}

std::optional<Home> decode_home(std::string_view value) {
  ValueReader in(value);
  if (in.u8() != version) return std::nullopt;
  const Home home = read_home(in);
  return in.ok() && in.at_end() ? std::optional(home) : std::nullopt;
}

std::string encode(const AcceptedExpress& accepted) {
  std::string value;
  ValueWriter out(value);
  out.u8(version).text(accepted.machine_arn).text(accepted.revision_id).text(accepted.name).text(accepted.express_id);
  out.text(accepted.trace_header).text(accepted.input).signed_varint(accepted.started.time_since_epoch().count());
  return value;
}

std::optional<AcceptedExpress> decode_accepted(std::string_view value) {
  ValueReader in(value);
  if (in.u8() != version) return std::nullopt;
  AcceptedExpress accepted;
  accepted.machine_arn = in.text();
  accepted.revision_id = in.text();
  accepted.name = in.text();
  accepted.express_id = in.text();
  accepted.trace_header = in.text();
  accepted.input = in.text();
  accepted.started = Timestamp{Duration{in.signed_varint()}};
  return in.ok() && in.at_end() ? std::optional(std::move(accepted)) : std::nullopt;
}

}  // namespace stepwell::engine
