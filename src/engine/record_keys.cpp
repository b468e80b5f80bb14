#include "engine/record_keys.h"

#include "store/codec.h"

#include <limits>
#include <utility>

namespace stepwell::engine {
namespace {

using store::KeyReader;
using store::KeyWriter;

std::uint64_t millis(Timestamp time) { return static_cast<std::uint64_t>(time.time_since_epoch().count()); }
Timestamp at_millis(std::uint64_t millis) { return Timestamp{Duration{static_cast<std::int64_t>(millis)}}; }

KeyWriter& add(KeyWriter& key, ExecutionId id) { return key.u16(id.shard).u64(id.serial); }
ExecutionId read_id(KeyReader& key) {
  const ShardId shard = key.u16();
  return {.shard = shard, .serial = key.u64()};
}

// The task that a key ends with.
std::optional<TaskRef> read_last_task(KeyReader& key) {
  TaskRef task;
  task.execution = read_id(key);
  task.scope = key.u32();
  task.scheduled = key.u32();
  return key.ok() && key.at_end() ? std::optional(task) : std::nullopt;
}

}  // namespace

std::string execution_key(ExecutionId id) {
  KeyWriter key;
  return add(key, id).take();
}

std::optional<ExecutionId> read_execution_key(std::string_view bytes) {
  KeyReader key(bytes);
  const ExecutionId id = read_id(key);
  return key.ok() && key.at_end() ? std::optional(id) : std::nullopt;
}

std::string end_of_execution(ExecutionId id) {
  KeyWriter key;
  return add(key, id).u64(std::numeric_limits<std::uint64_t>::max()).u8(0).take();  // no key has more behind the id
}

std::string name_key(std::string_view machine_arn, std::string_view name) {
  return KeyWriter().text(machine_arn).text(name).take();
}
std::string names_prefix(std::string_view machine_arn) { return KeyWriter().text(machine_arn).take(); }

std::string event_key(ExecutionId id, Serial first) {
  KeyWriter key;
  return add(key, id).u64(first).take();
}
std::string scope_key(ExecutionId id, ScopeId scope) {
  KeyWriter key;
  return add(key, id).u32(scope).take();
}
std::string child_output_key(ExecutionId id, ScopeId parent, std::uint32_t index) {
  KeyWriter key;
  return add(key, id).u32(parent).u32(index).take();
}
std::string shard_key(ShardId shard) { return KeyWriter().u16(shard).take(); }

std::string timer_key(const TimerEntry& timer) {
  KeyWriter key;
  key.u16(timer.execution.shard).u64(millis(timer.due)).u64(timer.execution.serial).u32(timer.scope);
  return key.u8(static_cast<std::uint8_t>(timer.kind)).take();
}

std::optional<TimerEntry> read_timer_key(std::string_view bytes) {
  KeyReader key(bytes);
  TimerEntry timer;
  timer.execution.shard = key.u16();
  timer.due = at_millis(key.u64());
  timer.execution.serial = key.u64();
  timer.scope = key.u32();
  timer.kind = static_cast<TimerKind>(key.u8());
  return key.ok() && key.at_end() ? std::optional(timer) : std::nullopt;
}

std::string ended_key(const EndedEntry& ended) {
  KeyWriter key;
  return key.u16(ended.execution.shard).u64(millis(ended.stopped)).u64(ended.execution.serial).take();
}

std::optional<EndedEntry> read_ended_key(std::string_view bytes) {
  KeyReader key(bytes);
  EndedEntry ended;
  ended.execution.shard = key.u16();
  ended.stopped = at_millis(key.u64());
  ended.execution.serial = key.u64();
  return key.ok() && key.at_end() ? std::optional(ended) : std::nullopt;
}

std::string list_prefix(std::string_view list, Status status) {
  return KeyWriter().text(list).u8(static_cast<std::uint8_t>(status)).take();
}

std::string list_key(std::string_view list, Status status, Timestamp started, ExecutionId id) {
  KeyWriter key;
  key.text(list).u8(static_cast<std::uint8_t>(status)).descending_u64(millis(started));
  return add(key, id).take();
}

std::optional<ListKey> read_list_key(std::string_view bytes) {
  KeyReader key(bytes);
  ListKey read;
  read.list = key.text();
  read.status = static_cast<Status>(key.u8());
  read.started = at_millis(key.descending_u64());
  read.id = read_id(key);
  return key.ok() && key.at_end() ? std::optional(std::move(read)) : std::nullopt;
}

std::string queue_prefix(std::string_view activity_arn) { return KeyWriter().text(activity_arn).take(); }

std::string queue_key(std::string_view activity_arn, Timestamp since, const TaskRef& task) {
  KeyWriter key;
  key.text(activity_arn).u64(millis(since));
  return add(key, task.execution).u32(task.scope).u32(task.scheduled).take();
}

std::optional<TaskRef> read_queue_key(std::string_view bytes) {
  KeyReader key(bytes);
  key.text();
  key.u64();
  return read_last_task(key);
}

std::string nested_prefix(NestedRow row) { return KeyWriter().u8(static_cast<std::uint8_t>(row)).take(); }

std::string nested_key(NestedRow row, const TaskRef& task) {
  KeyWriter key;
  key.u8(static_cast<std::uint8_t>(row));
  return add(key, task.execution).u32(task.scope).u32(task.scheduled).take();
}

std::optional<TaskRef> read_nested_key(std::string_view bytes) {
  KeyReader key(bytes);
  key.u8();
  return read_last_task(key);
}

}  // namespace stepwell::engine
