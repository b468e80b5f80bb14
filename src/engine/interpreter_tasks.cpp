#include "base/check.h"
#include "engine/interpreter.h"

#include <fmt/format.h>

namespace stepwell::engine {
namespace {

TaskKind kind_of(const asl::Resource& resource) {
  switch (resource.kind) {
    case asl::Resource::Kind::activity: return TaskKind::activity;
    case asl::Resource::Kind::lambda: return TaskKind::lambda;
    case asl::Resource::Kind::integration: return TaskKind::integration;
  }
  CHECK(false);
}

// The event that tells the same thing about each kind of task.
struct TaskEvents {
  EventType scheduled, started, succeeded, failed, timed_out;
};
const TaskEvents& events_of(TaskKind kind) {
  using enum EventType;
  static constexpr TaskEvents table[] = {
      {TaskScheduled, TaskStarted, TaskSucceeded, TaskFailed, TaskTimedOut},
      {LambdaFunctionScheduled, LambdaFunctionStarted, LambdaFunctionSucceeded, LambdaFunctionFailed,
       LambdaFunctionTimedOut},
      {ActivityScheduled, ActivityStarted, ActivitySucceeded, ActivityFailed, ActivityTimedOut},
  };
  return table[static_cast<std::size_t>(kind)];
}

// The region stands in the ARN of the machine: arn:aws:states:<region>:…
std::string_view region_of(std::string_view arn) {
  for (int i = 0; i < 3; ++i) arn.remove_prefix(arn.find(':') + 1);
  return arn.substr(0, arn.find(':'));
}

}  // namespace

std::optional<asl::Failure> Interpreter::schedule(Scope& scope, const asl::State& state, const asl::CallTask& call) {
  const asl::Resource& resource = *call.resource;
  const TaskKind kind = kind_of(resource);
  if (kind == TaskKind::activity && !world_.activity_exists(resource.arn)) {
    return asl::runtime_failure(fmt::format("The activity {} does not exist.", resource.arn));
  }
  const Payload* arguments = payload_of(scope, call.arguments);
  if (!fits(*arguments)) return parameters_too_large(state.name());
  Fields fields;
  if (kind == TaskKind::integration) {
    fields = {{FieldTag::resource_type, std::string_view(resource.service)},
              {FieldTag::resource, keep(resource.action_and_pattern())},
              {FieldTag::region, region_of(execution_.revision->machine_arn)},
              {FieldTag::parameters, arguments}};
  } else {
    fields = {{FieldTag::resource, std::string_view(resource.arn)}, {FieldTag::input, arguments}};
  }
  if (call.timeout_seconds) fields.emplace_back(FieldTag::timeout_seconds, *call.timeout_seconds);
  if (call.heartbeat_seconds) {
    // AWS's event of a function has no member for it.
    const bool shown = kind != TaskKind::lambda;
    fields.emplace_back(shown ? FieldTag::heartbeat_seconds : FieldTag::heartbeat, *call.heartbeat_seconds);
  }
  if (call.role_arn) fields.emplace_back(FieldTag::task_role, keep(*call.role_arn));
  fields.emplace_back(FieldTag::task_kind, static_cast<int>(kind));
  emit(events_of(kind).scheduled, scope.id, scope.last_event, fields);
  if (!running()) return std::nullopt;
  if (kind == TaskKind::activity) {
    decision_.effects.emplace_back(ActivityQueued{resource.arn, now_});
    return std::nullopt;
  }
  // The task is sent right after this commit: to be scheduled is to be started.
  start_attempt(scope, {});
  if (running()) decision_.effects.emplace_back(run_task_effect(scope));
  return std::nullopt;
}

void Interpreter::start_attempt(Scope& scope, std::string_view worker_name) {
  const auto since_epoch = [this](std::int64_t seconds) {
    return (now_ + std::chrono::seconds(seconds)).time_since_epoch().count();
  };
  Fields fields = task_fields(scope);
  if (!worker_name.empty()) fields.emplace_back(FieldTag::worker_name, keep(worker_name));
  if (scope.task.timeout_seconds > 0) fields.emplace_back(FieldTag::due, since_epoch(scope.task.timeout_seconds));
  if (scope.task.heartbeat_seconds > 0)
    fields.emplace_back(FieldTag::heartbeat_due, since_epoch(scope.task.heartbeat_seconds));
  emit(events_of(scope.task.kind).started, scope.id, scope.last_event, fields);
}

RunTask Interpreter::run_task_effect(const Scope& scope) const {
  const asl::State& state = execution_.state_of(scope);
  std::string arn = execution_.arn();
  return {.task = {.execution = execution_.id, .scope = scope.id, .scheduled = scope.task.scheduled},
          .idempotency_key = fmt::format("{}/{}", arn, scope.task.scheduled),
          .execution_arn = std::move(arn),
          .execution_name = execution_.name,
          .revision = execution_.revision,
          .state_name = state.name(),
          .resource = state.resource(),
          .arguments = std::string(scope.task.arguments->text(execution_.arena)),
          .role_arn = scope.task.role_arn,
          .again = false};
}

Fields Interpreter::task_fields(const Scope& scope) {
  if (scope.task.kind != TaskKind::integration) return {};
  const asl::Resource& resource = *execution_.state_of(scope).resource();
  return {{FieldTag::resource_type, std::string_view(resource.service)},
          {FieldTag::resource, keep(resource.action_and_pattern())}};
}

Scope* Interpreter::waiting_for(const TaskRef& task) {
  if (!running()) return nullptr;
  Scope* scope = execution_.find(task.scope);
  const bool waits = scope != nullptr && scope->waiting == Waiting::task && scope->task.scheduled == task.scheduled;
  return waits ? scope : nullptr;
}

void Interpreter::cancel_task(const Scope& scope) {
  if (scope.waiting != Waiting::task) return;
  decision_.effects.emplace_back(
      CancelTask{.task = {.execution = execution_.id, .scope = scope.id, .scheduled = scope.task.scheduled},
                 .awaits = execution_.awaits(scope) != 0});
}

bool Interpreter::start_activity_task(const TaskRef& task, std::string_view worker_name) {
  Scope* scope = waiting_for(task);
  if (scope == nullptr || scope->task.started) return false;
  start_attempt(*scope, worker_name);
  run();
  return true;
}

bool Interpreter::submit_task(const TaskRef& task, const Payload* output) {
  Scope* scope = waiting_for(task);
  if (scope == nullptr || scope->task.submitted) return false;
  Fields fields = task_fields(*scope);
  fields.emplace_back(FieldTag::output, output);
  emit(EventType::TaskSubmitted, scope->id, scope->last_event, fields);
  run();
  return true;
}

bool Interpreter::complete_task(const TaskRef& task, const Payload* result) {
  Scope* scope = waiting_for(task);
  if (scope == nullptr) return false;
  if (!fits(*result)) {
    const asl::Resource& resource = *execution_.state_of(*scope).resource();
    const bool integration = resource.kind == asl::Resource::Kind::integration;
    const asl::Failure failure = result_too_large(integration ? resource.service : resource.arn);
    task_failed(*scope, failure.error, failure.cause);
  } else {
    Fields fields = task_fields(*scope);
    fields.emplace_back(FieldTag::output, result);
    emit(events_of(scope->task.kind).succeeded, scope->id, scope->last_event, fields);
    if (running()) resume(*scope, asl::TaskResult{result->value(execution_.arena)});
  }
  run();
  return true;
}

bool Interpreter::fail_task(const TaskRef& task, std::optional<std::string_view> error,
                            std::optional<std::string_view> cause) {
  Scope* scope = waiting_for(task);
  if (scope == nullptr) return false;
  task_failed(*scope, error, cause);
  run();
  return true;
}

void Interpreter::task_failed(Scope& scope, std::optional<std::string_view> error,
                              std::optional<std::string_view> cause) {
  const asl::State& state = execution_.state_of(scope);
  Fields fields = task_fields(scope);
  if (error) fields.emplace_back(FieldTag::error, keep(*error));
  if (cause) fields.emplace_back(FieldTag::cause, keep(*cause));
  emit(events_of(scope.task.kind).failed, scope.id, scope.last_event, fields);
  if (!running()) return;
  asl::Failure failure;
  if (error) failure.error = *error;
  if (cause) failure.cause = *cause;
  if (const asl::State* next = handle_failure(scope, state, std::move(failure))) enter(scope, *next);
}

void Interpreter::task_timed_out(Scope& scope, TimerKind what) {
  CHECK(scope.waiting == Waiting::task);
  const asl::State& state = execution_.state_of(scope);
  cancel_task(scope);
  Fields fields = task_fields(scope);
  // Both time-outs are shown as States.Timeout without a cause; to Retry and Catch a missed heartbeat goes by its own
  // name too (spec §1.3).
  fields.emplace_back(FieldTag::error, asl::errors::timeout);
  emit(events_of(scope.task.kind).timed_out, scope.id, scope.last_event, fields);
  if (!running()) return;
  const std::string_view error = what == TimerKind::heartbeat ? asl::errors::heartbeat_timeout : asl::errors::timeout;
  asl::Failure failure{.error = std::string(error), .cause = {}, .framed = false, .location = {}};
  if (const asl::State* next = handle_failure(scope, state, std::move(failure))) enter(scope, *next);
}

bool Interpreter::record_heartbeat(const TaskRef& task) {
  Scope* scope = waiting_for(task);
  if (scope == nullptr) return false;
  if (scope->task.heartbeat_seconds > 0) {
    const Timestamp due = now_ + std::chrono::seconds(scope->task.heartbeat_seconds);
    emit(EventType::HeartbeatRecorded, *scope, {{FieldTag::heartbeat_due, due.time_since_epoch().count()}});
  }
  return true;
}

}  // namespace stepwell::engine
