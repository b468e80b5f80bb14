#include "engine/interpreter.h"
#include "engine/redrive.h"
#include "lang/json/value.h"

namespace stepwell::engine {

void Interpreter::redrive(const Unfinished& past, std::string_view token) {
  Fields fields{{FieldTag::redrive_count, execution_.redrive_count + 1}};
  if (!token.empty()) fields.emplace_back(FieldTag::client_token, keep(token));
  // However often it is redriven, an execution is not open for longer.
  const Timestamp due = std::min(deadline_from_now(), execution_.started + limits_.standard_timeout);
  fields.emplace_back(FieldTag::due, due.time_since_epoch().count());
  emit(EventType::ExecutionRedriven, top_scope, execution_.next_event - 1, fields);
  restore(past, past.top());
  run();
}

void Interpreter::restore(const Unfinished& past, const UnfinishedScope& was) {
  const Scope& old = *was.scope;
  // What comes first in a visit hangs on its beginning; what an abort put behind it belongs to another thread.
  const EventId last = was.next != nullptr ? old.last_state_event : old.entered_event;
  Fields fields{{FieldTag::parent, old.parent},
                {FieldTag::scope_kind, static_cast<int>(old.kind)},
                {FieldTag::child, old.index},
                {FieldTag::state_index, old.state},
                {FieldTag::last_event, last},
                {FieldTag::entered_event, old.entered_event},
                {FieldTag::entered_at, old.entered_at.time_since_epoch().count()},
                {FieldTag::input, old.data}};
  if (!old.variables.empty()) {
    const auto members = execution_.arena.make_array<json::Member>(old.variables.size());
    std::ranges::transform(old.variables, members.begin(), [this](const Variable& variable) {
      return json::Member{keep(variable.name), variable.value->value(execution_.arena)};
    });
    const json::Value variables = json::Value::object(execution_.arena, members);
    fields.emplace_back(FieldTag::assigned_variables, Payload::of_value(execution_.arena, variables));
  }
  emit(EventType::ScopeRestored, old.id, last, fields);
  if (running() && old.kind == ScopeKind::iteration) {
    const std::string_view name = execution_.state_of(*execution_.find(old.parent)).name();
    emit(EventType::MapIterationStarted, *execution_.find(old.id),
         {{FieldTag::name, name}, {FieldTag::index, old.index}});
  }
  if (!running()) return;
  if (was.next != nullptr) {
    execution_.ready.push_back({.scope = old.id, .kind = Work::Kind::enter, .state = was.next});
  } else if (past.goes_on(old)) {
    restore_fork(past, was, *execution_.find(old.id));
  } else {
    execution_.ready.push_back({.scope = old.id, .kind = Work::Kind::again, .state = nullptr});
  }
}

// The children that are done keep their outputs; the others go on, and those that had not begun begin in their turn.
void Interpreter::restore_fork(const Unfinished& past, const UnfinishedScope& was, Scope& scope) {
  const asl::State& state = execution_.state_of(scope);
  const EventId started = begin_fork(scope, state, was.scope->fork);
  for (std::size_t index = 0; index < was.scope->outputs.size() && running(); ++index) {
    const Payload* output = was.scope->outputs[index];
    if (output != nullptr) emit(EventType::ChildKept, scope, {{FieldTag::child, index}, {FieldTag::output, output}});
  }
  for (const UnfinishedScope& child : past.children(scope.id)) {
    if (!running()) return;
    restore(past, child);
  }
  if (running() && scope.fork.started < scope.fork.count) open_children(scope, state, started);
  // Where a child could not be opened, the state may have been left already.
  const bool waits = running() && scope.waiting == Waiting::children;
  if (waits && scope.fork.started == scope.fork.count && scope.fork.running == 0) {
    execution_.ready.push_back({.scope = scope.id, .kind = Work::Kind::join, .state = nullptr});
  }
}

}  // namespace stepwell::engine
