#pragma once
// Names of things inside the engine. All are small numbers: an ARN is turned into an ExecutionId once, at the door.

#include <compare>
#include <cstdint>
#include <functional>

namespace stepwell::engine {

using ShardId = std::uint16_t;

// An execution. Serials grow with the start time within a shard (milliseconds << 20 | counter), so that keys of the
// store are appended rather than scattered and retention deletes neighbours. Those of Express executions, of which
// nothing is kept, have the highest bit set and go on from a random number, another one in each life of the process:
// the id of one is nobody's afterwards, whatever the clock does.
struct ExecutionId {
  ShardId shard = 0;
  std::uint64_t serial = 0;
  auto operator<=>(const ExecutionId&) const = default;
};

// A thread of control in an execution: the top level (0), a branch, an iteration. Never reused within the execution.
using ScopeId = std::uint32_t;
inline constexpr ScopeId top_scope = 0;

// The id AWS shows for a history event: 1, 2, 3 … without a gap. Internal events have none (0).
using EventId = std::uint32_t;

// The place of any event, internal ones included, in an execution's log: 1, 2, 3 … without a gap.
using Serial = std::uint64_t;

// One attempt of one task: what a task token names.
struct TaskRef {
  ExecutionId execution;
  ScopeId scope = 0;
  EventId scheduled = 0;  // id of the attempt's …Scheduled event
  bool operator==(const TaskRef&) const = default;
};

}  // namespace stepwell::engine

template <>
struct std::hash<stepwell::engine::ExecutionId> {
  std::size_t operator()(const stepwell::engine::ExecutionId& id) const noexcept {
    return (id.serial * 0x9e3779b97f4a7c15U) ^ (static_cast<std::size_t>(id.shard) << 48U);
  }
};

template <>
struct std::hash<stepwell::engine::TaskRef> {
  std::size_t operator()(const stepwell::engine::TaskRef& task) const noexcept {
    return std::hash<stepwell::engine::ExecutionId>{}(task.execution) ^ (std::size_t{task.scope} << 32U) ^
           task.scheduled;
  }
};
