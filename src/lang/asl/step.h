#pragma once
// What a state asks for, and how it is answered. States do nothing themselves: `enter` and `resume` return a Step, the
// engine performs it (durably) and comes back with an Answer.

#include "base/time.h"
#include "lang/asl/failure.h"
#include "lang/asl/resource.h"
#include "lang/json/value.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <variant>

namespace stepwell::asl {

class State;

struct Assignment {
  std::string_view name;
  json::Value value;
};

// The state is done: leave it with this output, for `next` or (nullptr) the end of its block.
struct Exit {
  json::Value output;
  const State* next = nullptr;
  std::span<const Assignment> assigned;  // in the activation's arena
};

// Wake me then.
struct Sleep {
  Timestamp until;
};

// Run this task. Answered with TaskResult, or the task's failure goes to Retry and Catch.
struct CallTask {
  const Resource* resource = nullptr;
  json::Value arguments;                        // the effective input of the task
  std::optional<std::int64_t> timeout_seconds;  // of one attempt, counted from its start; absent: unlimited
  std::optional<std::int64_t> heartbeat_seconds;
  std::optional<std::string_view> role_arn;  // Credentials
};

// Run `count` children: child i runs State::child_block(i) with State::child_input(i). Answered with ChildrenDone.
struct Fork {
  std::uint32_t count = 0;
  std::uint32_t concurrency = 0;  // children at a time; 0: all
  // The fork fails when more children have failed than either allows; a child that fails beyond that aborts the rest.
  std::uint32_t tolerated_failures = 0;
  double tolerated_failure_percentage = 0;
};

using Step = std::variant<Exit, Sleep, CallTask, Fork>;

struct TimerElapsed {};
struct TaskResult {
  json::Value result;
};
struct ChildrenDone {
  std::span<const json::Value> outputs;  // by index
};
using Answer = std::variant<TimerElapsed, TaskResult, ChildrenDone>;

// What becomes of a failure inside a state with Retry and Catch.
struct RetryLater {
  std::size_t retrier;  // index in Retry
  Duration delay;
};
struct Propagate {};  // nobody takes it: the scope fails
using Recovery = std::variant<RetryLater, Exit, Propagate>;

}  // namespace stepwell::asl
