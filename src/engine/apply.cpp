#include "engine/apply.h"

#include "base/check.h"

namespace stepwell::engine {
namespace {

std::optional<Timestamp> time_field(const Event& event, FieldTag tag) {
  const Field* field = event.find(tag);
  return field ? std::optional(Timestamp{Duration{field->number()}}) : std::nullopt;
}

void stop_waiting(Scope& scope) {
  if (scope.waiting == Waiting::task) scope.task = {};
  scope.waiting = Waiting::nothing;
  scope.due.reset();
}

void remove_scope(Execution& execution, ScopeId id) {
  const auto found = execution.scopes.find(id);
  CHECK(found != execution.scopes.end());
  const Scope::Stored& stored = found->second->stored;
  const bool in_store = stored.record || stored.effect || stored.forked != 0 || !stored.queue_key.empty() ||
                        stored.timers[0] || stored.timers[1] || stored.timers[2];
  if (in_store) execution.removed.push_back(std::move(found->second));
  execution.scopes.erase(found);
}

void open_scope(Execution& execution, const Event& event) {
  auto scope = std::make_unique<Scope>();
  scope->id = event.scope;
  scope->parent = static_cast<ScopeId>(event.number(FieldTag::parent));
  scope->kind = static_cast<ScopeKind>(event.number(FieldTag::scope_kind));
  scope->index = static_cast<std::uint32_t>(event.number(FieldTag::child));
  scope->state = static_cast<std::uint32_t>(event.number(FieldTag::state_index));
  scope->last_event = scope->last_state_event = event.previous;
  scope->data = event.payload(FieldTag::input);
  execution.next_scope = event.scope + 1;
  if (scope->kind != ScopeKind::top) {
    Scope* parent = execution.find(scope->parent);
    CHECK(parent != nullptr);
    ++parent->fork.started;
    ++parent->fork.running;
    parent->dirty = true;
  }
  execution.scopes.emplace(event.scope, std::move(scope));
}

void set_variables(Execution& execution, Scope& scope, const Payload* assigned) {
  if (assigned == nullptr) return;
  for (const json::Member& member : assigned->value(execution.arena).members()) {
    const auto same_name = [&](const Variable& variable) { return variable.name == member.key; };
    auto variable = std::ranges::find_if(scope.variables, same_name);
    if (variable == scope.variables.end()) {
      variable = scope.variables.insert(variable, Variable{.name = std::string(member.key), .value = nullptr});
    }
    variable->value = Payload::of_value(execution.arena, member.value);
  }
}

// A scope of an execution that is redriven, as it was in its state.
void restore_scope(Execution& execution, const Event& event) {
  auto scope = std::make_unique<Scope>();
  scope->id = event.scope;
  scope->parent = static_cast<ScopeId>(event.number(FieldTag::parent));
  scope->kind = static_cast<ScopeKind>(event.number(FieldTag::scope_kind));
  scope->index = static_cast<std::uint32_t>(event.number(FieldTag::child));
  scope->state = static_cast<std::uint32_t>(event.number(FieldTag::state_index));
  scope->last_event = scope->last_state_event = static_cast<EventId>(event.number(FieldTag::last_event));
  scope->entered_event = static_cast<EventId>(event.number(FieldTag::entered_event));
  scope->entered_at = time_field(event, FieldTag::entered_at).value_or(Timestamp{});
  scope->data = event.payload(FieldTag::input);
  set_variables(execution, *scope, event.payload(FieldTag::assigned_variables));
  if (scope->kind != ScopeKind::top) {
    Scope* parent = execution.find(scope->parent);
    CHECK(parent != nullptr);
    parent->fork.started = std::max(parent->fork.started, scope->index + 1);
    ++parent->fork.running;
    parent->dirty = true;
  }
  execution.scopes.emplace(event.scope, std::move(scope));
}

// A child of a redriven fork that is done.
void keep_child(Scope& parent, const Event& event) {
  const auto index = static_cast<std::uint32_t>(event.number(FieldTag::child));
  parent.outputs[index] = event.payload(FieldTag::output);
  parent.fork.started = std::max(parent.fork.started, index + 1);
}

void close_scope(Execution& execution, const Event& event, const Scope& scope) {
  Scope* parent = execution.find(scope.parent);
  CHECK(parent != nullptr && parent->fork.running > 0);
  --parent->fork.running;
  if (event.number(FieldTag::closed_well) == 0) ++parent->fork.failed;
  parent->last_event = parent->last_state_event = event.previous;
  if (const Payload* output = event.payload(FieldTag::output)) {
    parent->outputs[scope.index] = output;
    if (execution.is_express()) parent->fork.output_bytes += output->text(execution.arena).size();
  }
  parent->dirty = true;
  remove_scope(execution, scope.id);
}

void enter_state(Scope& scope, const Event& event) {
  scope.state = static_cast<std::uint32_t>(event.number(FieldTag::state_index));
  scope.data = event.payload(FieldTag::input);
  scope.entered_event = event.id;
  scope.entered_at = event.at;
  scope.attempts = 0;
  scope.retries.clear();
  scope.kept.reset();
  stop_waiting(scope);
}

void exit_state(Execution& execution, Scope& scope, const Event& event) {
  scope.data = event.payload(FieldTag::output);
  scope.outputs.clear();
  scope.fork = {};
  stop_waiting(scope);
  set_variables(execution, scope, event.payload(FieldTag::assigned_variables));
}

void schedule_task(Scope& scope, const Event& event) {
  stop_waiting(scope);
  scope.waiting = Waiting::task;
  scope.task.kind = static_cast<TaskKind>(event.number(FieldTag::task_kind));
  scope.task.scheduled = event.id;
  scope.task.timeout_seconds = event.number(FieldTag::timeout_seconds);
  scope.task.heartbeat_seconds = heartbeat_seconds(event);
  const Payload* parameters = event.payload(FieldTag::parameters);
  scope.task.arguments = parameters ? parameters : event.payload(FieldTag::input);
  scope.task.role_arn = event.text(FieldTag::task_role);
}

void start_task(Scope& scope, const Event& event) {
  scope.task.started = true;
  scope.task.timeout_due = time_field(event, FieldTag::due);
  scope.task.heartbeat_due = time_field(event, FieldTag::heartbeat_due);
}

void start_fork(Scope& scope, const Event& event) {
  stop_waiting(scope);
  scope.waiting = Waiting::children;
  scope.fork = {};
  scope.fork.count = static_cast<std::uint32_t>(event.number(FieldTag::length));
  scope.fork.concurrency = static_cast<std::uint32_t>(event.number(FieldTag::concurrency));
  scope.fork.tolerated_failures = static_cast<std::uint32_t>(event.number(FieldTag::tolerated_failures));
  scope.fork.tolerated_percentage_millis = static_cast<std::uint32_t>(event.number(FieldTag::tolerated_percentage));
  scope.fork.started_event = event.id;
  scope.outputs.assign(scope.fork.count, nullptr);
}

void schedule_retry(Scope& scope, const Event& event) {
  stop_waiting(scope);
  scope.waiting = Waiting::retry;
  scope.due = time_field(event, FieldTag::due);
  scope.outputs.clear();
  scope.fork = {};
  const auto retrier = static_cast<std::size_t>(event.number(FieldTag::retrier));
  if (scope.retries.size() <= retrier) scope.retries.resize(retrier + 1);
  ++scope.retries[retrier];
  ++scope.attempts;
}

void end_execution(Execution& execution, const Event& event, Status status) {
  execution.status = status;
  // Time runs out at the deadline, whenever that is noticed (spec §2, DescribeExecution).
  execution.stopped = status == Status::timed_out ? execution.deadline : event.at;
  execution.output = event.payload(FieldTag::output);
  if (const Field* error = event.find(FieldTag::error)) execution.error = std::string(error->text());
  if (const Field* cause = event.find(FieldTag::cause)) execution.cause = std::string(cause->text());
  while (!execution.scopes.empty()) remove_scope(execution, execution.scopes.begin()->first);
  execution.ready.clear();
}

void start_execution(Execution& execution, const Event& event) {
  execution.started = event.at;
  execution.input = event.payload(FieldTag::input);
  execution.deadline = time_field(event, FieldTag::due);
  execution.version_arn = event.text(FieldTag::version_arn);
  execution.alias_arn = event.text(FieldTag::alias_arn);
}

void redrive_execution(Execution& execution, const Event& event) {
  execution.status = Status::running;
  execution.stopped.reset();
  execution.output = nullptr;
  execution.error.reset();
  execution.cause.reset();
  execution.variable_bytes.reset();
  execution.deadline = time_field(event, FieldTag::due);
  execution.redrive_count = static_cast<std::uint32_t>(event.number(FieldTag::redrive_count));
  execution.redriven = event.at;
  const std::string_view token = event.text(FieldTag::client_token);
  if (token.empty()) return;
  if (execution.redrive_by.size() == max_redrive_tokens) execution.redrive_by.erase(execution.redrive_by.begin());
  execution.redrive_by.push_back({.token = std::string(token), .at = event.at});
}

void apply_to_scope(Execution& execution, Scope& scope, const Event& event) {
  using enum EventType;
  scope.dirty = true;
  switch (event.type) {
    case ChoiceStateEntered:
    case FailStateEntered:
    case MapStateEntered:
    case ParallelStateEntered:
    case PassStateEntered:
    case SucceedStateEntered:
    case TaskStateEntered:
    case WaitStateEntered: return enter_state(scope, event);
    case ChoiceStateExited:
    case MapStateExited:
    case ParallelStateExited:
    case PassStateExited:
    case SucceedStateExited:
    case TaskStateExited:
    case WaitStateExited: return exit_state(execution, scope, event);
    case ActivityScheduled:
    case LambdaFunctionScheduled:
    case TaskScheduled: return schedule_task(scope, event);
    case ActivityStarted:
    case LambdaFunctionStarted:
    case TaskStarted: return start_task(scope, event);
    case TaskSubmitted: scope.task.submitted = true; return;
    case ActivityFailed:
    case ActivityScheduleFailed:
    case ActivitySucceeded:
    case ActivityTimedOut:
    case LambdaFunctionFailed:
    case LambdaFunctionScheduleFailed:
    case LambdaFunctionStartFailed:
    case LambdaFunctionSucceeded:
    case LambdaFunctionTimedOut:
    case TaskFailed:
    case TaskStartFailed:
    case TaskSubmitFailed:
    case TaskSucceeded:
    case TaskTimedOut: return stop_waiting(scope);
    case MapStateStarted:
    case ParallelStateStarted: return start_fork(scope, event);
    case MapStateSucceeded:
    case MapStateFailed:
    case ParallelStateSucceeded:
    case ParallelStateFailed: return stop_waiting(scope);
    case WaitStarted:
      scope.waiting = Waiting::timer;
      scope.due = time_field(event, FieldTag::due);
      return;
    case RetryScheduled: return schedule_retry(scope, event);
    case TurnEnded:
      scope.waiting = Waiting::retry;
      scope.due = time_field(event, FieldTag::due);
      return;
    case ChildKept: return keep_child(scope, event);
    case HeartbeatRecorded: scope.task.heartbeat_due = time_field(event, FieldTag::heartbeat_due); return;
    default: return;  // what only stands in the history
  }
}

// The join of a fork points at the last event of its children, and so does the exit: success does not advance the
// chain.
bool advances_chain(EventType type) {
  return !is_internal(type) && type != EventType::ParallelStateSucceeded && type != EventType::MapStateSucceeded;
}

bool is_iteration_event(EventType type) {
  return type == EventType::MapIterationStarted || type == EventType::MapIterationSucceeded ||
         type == EventType::MapIterationFailed || type == EventType::MapIterationAborted;
}

}  // namespace

void apply(Execution& execution, const Event& event) {
  using enum EventType;
  CHECK(event.serial == execution.next_serial);
  ++execution.next_serial;
  execution.last_event_at = event.at;
  execution.dirty = true;
  if (!is_internal(event.type)) {
    CHECK(event.id == execution.next_event);
    ++execution.next_event;
  }
  switch (event.type) {
    case ExecutionStarted: return start_execution(execution, event);
    case ExecutionRedriven: return redrive_execution(execution, event);
    case ExecutionSucceeded: return end_execution(execution, event, Status::succeeded);
    case ExecutionFailed: return end_execution(execution, event, Status::failed);
    case ExecutionAborted: return end_execution(execution, event, Status::aborted);
    case ExecutionTimedOut: return end_execution(execution, event, Status::timed_out);
    case ScopeOpened: return open_scope(execution, event);
    case ScopeRestored: return restore_scope(execution, event);
    default: break;
  }
  Scope* scope = execution.find(event.scope);
  CHECK(scope != nullptr);
  if (event.type == ScopeClosed) return close_scope(execution, event, *scope);
  if (advances_chain(event.type)) {
    scope->last_event = event.id;
    if (!is_iteration_event(event.type) || event.type == MapIterationStarted) scope->last_state_event = event.id;
  }
  apply_to_scope(execution, *scope, event);
}

}  // namespace stepwell::engine
