#pragma once
// decide: one command on one execution. The interpreter runs every scope that can go on until nothing more can happen
// without the outside, and leaves the events (already applied) and the effects. It does no I/O, reads no clock and
// keeps nothing between commands.
//
// Files: interpreter.cpp (running states, leaving them, ending), interpreter_tasks.cpp (tasks and their answers),
// interpreter_forks.cpp (branches and iterations), interpreter_failures.cpp (Retry, Catch, failing scopes),
// interpreter_redrive.cpp (going on after the end).

#include "engine/event.h"
#include "engine/execution.h"
#include "engine/world.h"
#include "lang/asl/step.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::engine {

class ScopeActivation;
class Unfinished;
struct UnfinishedScope;

// The failures of a state or task whose result, or whose arguments, no payload may hold.
asl::Failure result_too_large(std::string_view state);
asl::Failure parameters_too_large(std::string_view state);

// Gives a failure of the state machine itself the frame that names the state and the event by which it was entered.
void frame(asl::Failure& failure, std::string_view state, EventId entered);

// What a command did.
struct Decision {
  std::vector<Event> events;  // in the execution's arena
  std::vector<Effect> effects;
};

enum class TimerKind : std::uint8_t { wait, timeout, heartbeat, execution };

class Interpreter {
 public:
  Interpreter(Execution& execution, World& world, Random& random, const Limits& limits, Timestamp now,
              Decision& decision);

  // Commands. Those that answer a task return false when that attempt is not waited for any more.
  void start(const Payload* input);
  void redrive(const Unfinished& past, std::string_view token);
  void stop(std::optional<std::string_view> error, std::optional<std::string_view> cause);
  void fire(ScopeId scope, TimerKind kind);
  bool start_activity_task(const TaskRef& task, std::string_view worker_name);
  bool submit_task(const TaskRef& task, const Payload* output);
  bool complete_task(const TaskRef& task, const Payload* result);
  bool fail_task(const TaskRef& task, std::optional<std::string_view> error, std::optional<std::string_view> cause);
  bool record_heartbeat(const TaskRef& task);

  // Goes on after a slice ended; true while there is more to do (Express only).
  bool run();

  // The effect that a waiting task needs, for sending it again after a crash.
  RunTask run_task_effect(const Scope& scope) const;

 private:
  friend class ScopeActivation;

  // Appends an event to the log and applies it. Past the event limit nothing is emitted and the execution is failed by
  // run().
  EventId emit(EventType type, ScopeId scope, EventId previous, std::initializer_list<Field> fields) {
    return emit(type, scope, previous, std::span(fields.begin(), fields.size()));
  }
  EventId emit(EventType type, const Scope& scope, std::initializer_list<Field> fields) {
    return emit(type, scope.id, scope.last_event, fields);
  }
  // Inline, so that fields are made where they stay.
  EventId emit(EventType type, ScopeId scope, EventId previous, std::span<const Field> fields) {
    const auto kept = execution_.arena.make_array<Field>(fields.size());
    std::ranges::copy(fields, kept.begin());
    return append(type, scope, previous, kept);
  }
  EventId append(EventType type, ScopeId scope, EventId previous, std::span<const Field> kept);
  bool running() const { return execution_.status == Status::running && !history_full_; }
  std::string_view keep(std::string_view text) { return execution_.arena.copy(text); }

  // States.
  void enter(Scope& scope, const asl::State& state);
  const asl::State* enter_once(Scope& scope, const asl::State& state);
  void resume(Scope& scope, const asl::Answer& answer);
  // The state to enter next in the scope, if it goes on at once.
  const asl::State* perform(Scope& scope, const asl::State& state, asl::Evaluated<asl::Step> step);
  const asl::State* leave(Scope& scope, const asl::State& state, const asl::Exit& exit);
  const Payload* assigned_variables(const asl::Exit& exit);
  // Whether there is room for what a state assigns.
  bool variables_fit(const Scope& scope, const asl::Exit& exit, const Payload& assigned);
  bool fits(const Payload& payload) const { return payload.within(execution_.arena, limits_.max_payload_bytes); }
  // Whether this command has done so much that others are to be let run; and counts what an evaluation has cost.
  bool is_turn_over() const;
  void count(asl::Activation& activation);
  void sleep(Scope& scope, Timestamp until);
  void end_scope(Scope& scope);
  void end_execution(EventType type, EventId previous, std::span<const Field> fields);
  const Payload* payload_of(const Scope& scope, const json::Value& value);

  // Runs the scope's state once more, in the same visit.
  void run_again(Scope& scope);
  // When the whole execution, were it to begin now, is out of time.
  Timestamp deadline_from_now() const;

  // Redriving.
  void restore(const Unfinished& past, const UnfinishedScope& scope);
  void restore_fork(const Unfinished& past, const UnfinishedScope& was, Scope& scope);

  // Tasks.
  std::optional<asl::Failure> schedule(Scope& scope, const asl::State& state, const asl::CallTask& call);
  void start_attempt(Scope& scope, std::string_view worker_name);
  // The fields that begin every event of this task: what it calls, for an integration.
  Fields task_fields(const Scope& scope);
  Scope* waiting_for(const TaskRef& task);
  // Says that the answer of the task under way in this scope, if there is one, is no longer wanted.
  void cancel_task(const Scope& scope);
  void task_failed(Scope& scope, std::optional<std::string_view> error, std::optional<std::string_view> cause);
  void task_timed_out(Scope& scope, TimerKind what);

  // Forks.
  void fork(Scope& scope, const asl::State& state, const asl::Fork& fork);
  EventId begin_fork(Scope& scope, const asl::State& state, const ForkWait& fork);
  void open_children(Scope& parent, const asl::State& state, EventId previous);
  std::optional<Work> open_child(Scope& parent, const asl::State& state, EventId previous, ScopeActivation& activation);
  bool may_open_child(const Scope& parent) const;
  void give_up_fork(Scope& parent, const asl::State& state, const asl::Failure& failure);
  void child_done(Scope& parent, EventId freed_by);
  void join(Scope& parent);
  void abort_children(ScopeId parent, EventId because);
  void close_aborted(const Scope& scope, EventId because);

  // Failures.
  const asl::State* handle_failure(Scope& scope, const asl::State& state, asl::Failure failure);
  bool report(Scope& scope, const asl::State& state, asl::Failure& failure);
  void fail_scope(Scope& scope, const asl::Failure& failure);
  void fail_fork(Scope& scope, const asl::State& state);
  bool tolerates(const ForkWait& fork, std::uint32_t failures) const;

  Execution& execution_;
  World& world_;
  Random& random_;
  const Limits& limits_;
  const Timestamp now_;
  Decision& decision_;
  bool history_full_ = false;
  std::size_t states_left_;
  std::uint64_t steps_left_;
  std::size_t most_bytes_;  // of the arena, in this turn
};

}  // namespace stepwell::engine
