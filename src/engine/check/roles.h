#pragma once
// What an event means to the rules: the events of the three kinds of tasks, of Parallel and Map, of all state types say
// the same things by different names.

#include "engine/event.h"

namespace stepwell::engine::check {

enum class Role : std::uint8_t {
  begun,      // ExecutionStarted
  ended,      // ExecutionSucceeded, …
  redriven,   // ExecutionRedriven: an execution that has ended goes on
  entered,    // …StateEntered
  exited,     // …StateExited
  scheduled,  // of an attempt of a task, as the next three
  started,
  submitted,
  answered,      // whatever ends it: Succeeded, Failed, TimedOut, …
  fork_started,  // of a Parallel or Map, as the next two
  fork_succeeded,
  fork_failed,
  iteration_started,
  iteration_ended,  // MapIterationSucceeded, MapIterationFailed
  iteration_aborted,
  aborted,  // …StateAborted
  evaluation_failed,
  opened,      // the engine's own from here on
  restored,    // a scope of an execution that is redriven
  child_kept,  // a child of it that was done
  closed,
  waiting,
  retrying,
  heartbeat,
  other,
};

Role role_of(EventType type);

inline bool timed_out(EventType type) {
  return type == EventType::TaskTimedOut || type == EventType::LambdaFunctionTimedOut ||
         type == EventType::ActivityTimedOut;
}

// The event as a message names it: "TaskScheduled".
inline std::string_view name_of(const Event& event) { return info(event.type).name; }

}  // namespace stepwell::engine::check
