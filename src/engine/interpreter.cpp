#include "engine/interpreter.h"

#include "base/check.h"
#include "engine/activation.h"
#include "engine/apply.h"

#include <array>

#include <fmt/format.h>

namespace stepwell::engine {
namespace {

// "PassStateEntered" of StateType::Pass; a Fail state is never exited.
constexpr EventType entered_events[] = {
#define STATE(name, member) EventType::name##StateEntered,
#include "lang/asl/states/states.def"
#undef STATE
};

EventType entered(asl::StateType type) { return entered_events[static_cast<std::size_t>(type)]; }

EventType exited(asl::StateType type) {
  using enum asl::StateType;
  switch (type) {
    case Choice: return EventType::ChoiceStateExited;
    case Map: return EventType::MapStateExited;
    case Parallel: return EventType::ParallelStateExited;
    case Pass: return EventType::PassStateExited;
    case Succeed: return EventType::SucceedStateExited;
    case Task: return EventType::TaskStateExited;
    case Wait: return EventType::WaitStateExited;
    case Fail: break;
  }
  CHECK(false);
}

}  // namespace

Interpreter::Interpreter(Execution& execution, World& world, Random& random, const Limits& limits, Timestamp now,
                         Decision& decision)
    : execution_(execution),
      world_(world),
      random_(random),
      limits_(limits),
      now_(std::max(now, execution.last_event_at)),
      decision_(decision),
      states_left_(limits.states_per_slice),
      steps_left_(limits.steps_per_slice),
      most_bytes_(execution.arena.bytes() + limits.bytes_per_slice) {}

EventId Interpreter::append(EventType type, ScopeId scope, EventId previous, std::span<const Field> kept) {
  const bool internal = is_internal(type);
  const bool last =
      type == EventType::ExecutionFailed || type == EventType::ExecutionAborted || type == EventType::ExecutionTimedOut;
  // The event at the limit is kept for the end of the execution.
  if (!internal && !last && !execution_.is_express() && execution_.next_event >= limits_.max_events)
    history_full_ = true;
  if (history_full_ && !last) return 0;
  const Event& event = decision_.events.emplace_back(Event{.type = type,
                                                           .scope = scope,
                                                           .id = internal ? 0 : execution_.next_event,
                                                           .previous = previous,
                                                           .serial = execution_.next_serial,
                                                           .at = now_,
                                                           .fields = kept});
  apply(execution_, event);
  return event.id;
}

void Interpreter::start(const Payload* input) {
  const asl::Machine& machine = *execution_.revision->machine;
  Fields fields{{FieldTag::input, input}, {FieldTag::role_arn, keep(execution_.revision->role_arn)}};
  if (!execution_.alias_arn.empty()) fields.emplace_back(FieldTag::alias_arn, keep(execution_.alias_arn));
  if (!execution_.version_arn.empty()) fields.emplace_back(FieldTag::version_arn, keep(execution_.version_arn));
  fields.emplace_back(FieldTag::due, deadline_from_now().time_since_epoch().count());
  emit(EventType::ExecutionStarted, top_scope, 0, fields);
  const asl::State& first = machine.top().start();
  emit(EventType::ScopeOpened, top_scope, 0,
       {{FieldTag::scope_kind, static_cast<int>(ScopeKind::top)},
        {FieldTag::state_index, first.index()},
        {FieldTag::input, input}});
  execution_.ready.push_back({.scope = top_scope, .kind = Work::Kind::enter, .state = &first});
  run();
}

Timestamp Interpreter::deadline_from_now() const {
  const Duration longest = execution_.is_express() ? limits_.express_timeout : limits_.standard_timeout;
  const auto seconds = execution_.revision->machine->timeout_seconds();
  return now_ + (seconds ? std::min<Duration>(longest, std::chrono::seconds(*seconds)) : longest);
}

void Interpreter::stop(std::optional<std::string_view> error, std::optional<std::string_view> cause) {
  Fields fields;
  if (error) fields.emplace_back(FieldTag::error, keep(*error));
  if (cause) fields.emplace_back(FieldTag::cause, keep(*cause));
  end_execution(EventType::ExecutionAborted, 0, fields);
}

void Interpreter::fire(ScopeId id, TimerKind kind) {
  if (kind == TimerKind::execution) {
    end_execution(EventType::ExecutionTimedOut, 0, {{{FieldTag::error, asl::errors::timeout}}});
    return;
  }
  Scope* scope = execution_.find(id);
  CHECK(scope != nullptr);
  if (kind == TimerKind::timeout || kind == TimerKind::heartbeat) {
    task_timed_out(*scope, kind);
  } else if (scope->waiting == Waiting::retry) {
    run_again(*scope);
  } else {
    resume(*scope, asl::TimerElapsed{});
  }
  run();
}

bool Interpreter::is_turn_over() const {
  return states_left_ == 0 || steps_left_ == 0 || execution_.arena.bytes() > most_bytes_;
}

void Interpreter::count(asl::Activation& activation) {
  steps_left_ -= std::min(steps_left_, activation.budget().spent());
}

bool Interpreter::run() {
  if (execution_.is_express() && execution_.compacted_bytes > limits_.max_express_bytes && running()) {
    end_execution(EventType::ExecutionFailed, 0,
                  {{{FieldTag::error, asl::errors::data_limit_exceeded},
                    {FieldTag::cause, keep(fmt::format("The execution holds more than {} bytes of state data.",
                                                       limits_.max_express_bytes))}}});
  }
  while (running() && !execution_.ready.empty() && !(execution_.is_express() && is_turn_over())) {
    const Work work = execution_.ready.front();
    execution_.ready.pop_front();
    Scope* scope = execution_.find(work.scope);
    if (scope == nullptr) continue;  // aborted while it was waiting for its turn
    switch (work.kind) {
      case Work::Kind::enter: enter(*scope, *work.state); break;
      case Work::Kind::join: join(*scope); break;
      case Work::Kind::again: run_again(*scope); break;
    }
  }
  if (history_full_ && execution_.status == Status::running) {
    end_execution(
        EventType::ExecutionFailed, 0,
        {{{FieldTag::error, asl::errors::runtime},
          {FieldTag::cause, keep(fmt::format("The execution reached the maximum number of history events ({}).",
                                             limits_.max_events))}}});
  }
  return running() && !execution_.ready.empty();
}

void Interpreter::enter(Scope& scope, const asl::State& state) {
  const ScopeId id = scope.id;
  const asl::State* next = &state;
  while (next != nullptr && running()) {
    if (execution_.is_express() && is_turn_over()) {
      execution_.ready.push_back({.scope = id, .kind = Work::Kind::enter, .state = next});
      return;
    }
    if (execution_.is_express()) --states_left_;
    next = enter_once(scope, *next);
  }
}

const asl::State* Interpreter::enter_once(Scope& scope, const asl::State& state) {
  emit(entered(state.type()), scope,
       {{FieldTag::name, std::string_view(state.name())},
        {FieldTag::input, scope.data},
        {FieldTag::state_index, state.index()}});
  if (!running()) return nullptr;
  // What is not in memory alone goes on with a timer, so that a crash in between does not lose it.
  if (!execution_.is_express() && is_turn_over()) {
    emit(EventType::TurnEnded, scope, {{FieldTag::due, (now_ + Duration{1}).time_since_epoch().count()}});
    return nullptr;
  }
  ScopeActivation activation(execution_, scope, world_, random_, now_);
  auto step = state.enter(activation);
  count(activation);
  return perform(scope, state, std::move(step));
}

void Interpreter::run_again(Scope& scope) {
  const asl::State& state = execution_.state_of(scope);
  ScopeActivation activation(execution_, scope, world_, random_, now_);
  auto step = state.enter(activation);
  count(activation);
  if (const asl::State* next = perform(scope, state, std::move(step))) enter(scope, *next);
}

void Interpreter::resume(Scope& scope, const asl::Answer& answer) {
  const asl::State& state = execution_.state_of(scope);
  ScopeActivation activation(execution_, scope, world_, random_, now_);
  auto step = state.resume(activation, answer);
  count(activation);
  if (const asl::State* next = perform(scope, state, std::move(step))) enter(scope, *next);
}

const asl::State* Interpreter::perform(Scope& scope, const asl::State& state, asl::Evaluated<asl::Step> step) {
  if (!step) return handle_failure(scope, state, std::move(step).error());
  if (const auto* exit = std::get_if<asl::Exit>(&*step)) return leave(scope, state, *exit);
  if (const auto* pause = std::get_if<asl::Sleep>(&*step)) {
    sleep(scope, pause->until);
  } else if (const auto* call = std::get_if<asl::CallTask>(&*step)) {
    if (auto failure = schedule(scope, state, *call)) return handle_failure(scope, state, std::move(*failure));
  } else {
    fork(scope, state, std::get<asl::Fork>(*step));
  }
  return nullptr;
}

const Payload* Interpreter::payload_of(const Scope& scope, const json::Value& value) {
  return scope.data->same_value(value) ? scope.data : Payload::of_value(execution_.arena, value);
}

namespace {

asl::Failure too_large(std::string_view state, std::string_view what) {
  return {.error = std::string(asl::errors::data_limit_exceeded),
          .cause = fmt::format(
              "The state/task '{}' {} with a size exceeding the maximum number of bytes service limit.", state, what),
          .framed = false,
          .location = {}};
}

}  // namespace

asl::Failure result_too_large(std::string_view state) { return too_large(state, "returned a result"); }
asl::Failure parameters_too_large(std::string_view state) { return too_large(state, "provided parameters"); }

const Payload* Interpreter::assigned_variables(const asl::Exit& exit) {
  const auto members = execution_.arena.make_array<json::Member>(exit.assigned.size());
  std::ranges::transform(exit.assigned, members.begin(), [this](const asl::Assignment& assignment) {
    return json::Member{keep(assignment.name), assignment.value};
  });
  return Payload::of_value(execution_.arena, json::Value::object(execution_.arena, members));
}

// The bound is all that was assigned since it was exact: only where that is too much, what there is is counted.
bool Interpreter::variables_fit(const Scope& scope, const asl::Exit& exit, const Payload& assigned) {
  const std::size_t added = assigned.text(execution_.arena).size();
  std::optional<std::size_t>& bytes = execution_.variable_bytes;
  if (!bytes || *bytes + added > limits_.max_variable_bytes) {
    bytes = 0;
    for (const auto& [id, other] : execution_.scopes) {
      for (const Variable& variable : other->variables) {
        const bool replaced = other.get() == &scope && std::ranges::find(exit.assigned, variable.name,
                                                                         &asl::Assignment::name) != exit.assigned.end();
        if (!replaced) *bytes += variable.value->text(execution_.arena).size();
      }
    }
  }
  *bytes += added;
  return *bytes <= limits_.max_variable_bytes;
}

const asl::State* Interpreter::leave(Scope& scope, const asl::State& state, const asl::Exit& exit) {
  const std::string_view name = state.name();
  const Payload* output = payload_of(scope, exit.output);
  const Payload* assigned = exit.assigned.empty() ? nullptr : assigned_variables(exit);
  const bool output_fits = output == scope.data || fits(*output);
  if (!output_fits || (assigned != nullptr && !(fits(*assigned) && variables_fit(scope, exit, *assigned)))) {
    fail_scope(scope, result_too_large(name));
    return nullptr;
  }
  if (assigned == nullptr) {
    emit(exited(state.type()), scope, {{FieldTag::name, name}, {FieldTag::output, output}});
  } else {
    emit(exited(state.type()), scope,
         {{FieldTag::name, name}, {FieldTag::output, output}, {FieldTag::assigned_variables, assigned}});
  }
  if (exit.next != nullptr) return exit.next;
  if (running()) end_scope(scope);
  return nullptr;
}

void Interpreter::sleep(Scope& scope, Timestamp until) {
  // A time that has come costs no timer: the state goes on in the same commit.
  if (until <= now_) return resume(scope, asl::TimerElapsed{});
  emit(EventType::WaitStarted, scope, {{FieldTag::due, until.time_since_epoch().count()}});
}

void Interpreter::end_scope(Scope& scope) {
  if (scope.kind == ScopeKind::top) {
    end_execution(EventType::ExecutionSucceeded, scope.last_event, {{{FieldTag::output, scope.data}}});
    return;
  }
  Scope& parent = *execution_.find(scope.parent);
  const EventId freed_by = scope.last_state_event;
  EventId chain = scope.last_event;
  if (scope.kind == ScopeKind::iteration) {
    const std::string_view name = execution_.state_of(parent).name();
    chain = emit(EventType::MapIterationSucceeded, scope, {{FieldTag::name, name}, {FieldTag::index, scope.index}});
  }
  // What is too large anyhow need not be kept where nothing is stored.
  const bool is_lost = execution_.is_express() && parent.fork.output_bytes > limits_.max_payload_bytes;
  const std::array<Field, 4> fields{{{FieldTag::closed_well, 1},
                                     {FieldTag::parent, scope.parent},
                                     {FieldTag::child, scope.index},
                                     {FieldTag::output, scope.data}}};
  emit(EventType::ScopeClosed, scope.id, chain, std::span(fields).first(is_lost ? 3 : 4));
  if (running()) child_done(parent, freed_by);
}

void Interpreter::end_execution(EventType type, EventId previous, std::span<const Field> fields) {
  for (const auto& [id, scope] : execution_.scopes) cancel_task(*scope);
  emit(type, top_scope, previous, fields);
  if (execution_.status == Status::running) return;  // the history was full; run() ends it
  ExecutionEnded ended{.execution = execution_.id, .status = execution_.status, .awaited_by = {}};
  std::ranges::copy_if(execution_.starters, std::back_inserter(ended.awaited_by), &Starter::waits);
  decision_.effects.emplace_back(std::move(ended));
}

}  // namespace stepwell::engine
