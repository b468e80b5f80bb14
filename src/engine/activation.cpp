#include "engine/activation.h"

#include "lang/json/build.h"

namespace stepwell::engine {

json::Value ScopeActivation::execution_context() {
  json::Arena& arena = execution_.arena;
  json::ObjectBuilder object(arena);
  object.add("Id", execution_.arn());
  object.add("Input", execution_.input->value(arena));
  object.add("Name", execution_.name);
  object.add("RoleArn", execution_.revision->role_arn);
  object.add("StartTime", format_rfc3339(execution_.started));
  // A synchronous Express execution cannot be redriven and does not count.
  if (!execution_.is_express() || execution_.accepted) {
    object.add("RedriveCount", static_cast<std::int64_t>(execution_.redrive_count));
  }
  if (execution_.redriven) object.add("RedriveTime", format_rfc3339(*execution_.redriven));
  return object.build();
}

json::Value ScopeActivation::state_context() {
  json::ObjectBuilder object(execution_.arena);
  object.add("EnteredTime", format_rfc3339(scope_.entered_at));
  object.add("Name", execution_.state_of(scope_).name());
  // Only the states that can be retried count.
  const asl::StateType type = execution_.state_of(scope_).type();
  const bool retries = type == asl::StateType::Task || type == asl::StateType::Parallel || type == asl::StateType::Map;
  if (retries) object.add("RetryCount", static_cast<std::int64_t>(scope_.attempts));
  return object.build();
}

// The element of the innermost iteration this scope is in.
std::optional<json::Value> ScopeActivation::item_context() {
  const Scope* scope = &scope_;
  while (scope->kind == ScopeKind::branch) scope = execution_.find(scope->parent);
  if (scope->kind != ScopeKind::iteration) return std::nullopt;
  const Scope& parent = *execution_.find(scope->parent);
  ScopeActivation outer(execution_, parent, world_, random_, now_);
  const auto value = execution_.state_of(parent).child_item(outer, scope->index);
  json::ObjectBuilder item(execution_.arena);
  item.add("Index", static_cast<std::int64_t>(scope->index));
  if (value) item.add("Value", *value);
  return json::ObjectBuilder(execution_.arena).add("Item", item.build()).build();
}

json::Value ScopeActivation::context() {
  if (context_) return *context_;
  json::Arena& arena = execution_.arena;
  json::ObjectBuilder object(arena);
  object.add("Execution", execution_context());
  if (const auto item = item_context()) object.add("Map", *item);
  object.add("StateMachine", json::ObjectBuilder(arena)
                                 .add("Id", execution_.revision->machine_arn)
                                 .add("Name", execution_.revision->machine_name)
                                 .build());
  object.add("State", state_context());
  const asl::Resource* resource = execution_.state_of(scope_).resource();
  if (resource != nullptr && resource->pattern != asl::Pattern::request_response) {
    // The attempt whose arguments are being evaluated is the next event of this execution; one under way has its own.
    const EventId scheduled = scope_.waiting == Waiting::task ? scope_.task.scheduled : execution_.next_event;
    const TaskRef task{.execution = execution_.id, .scope = scope_.id, .scheduled = scheduled};
    object.add("Task", json::ObjectBuilder(arena).add("Token", world_.task_token(task)).build());
  }
  context_ = object.build();
  return *context_;
}

std::uint64_t ScopeActivation::attempt() {
  const std::uint64_t visit =
      std::uint64_t{scope_.entered_event} << 32U | std::uint64_t{execution_.redrive_count} << 20U | scope_.attempts;
  return std::hash<ExecutionId>()(execution_.id) ^ (visit * 0xff51afd7ed558ccdU);
}

const json::Value* ScopeActivation::variable(std::string_view name) {
  for (const Scope* scope = &scope_;; scope = execution_.find(scope->parent)) {
    for (const Variable& variable : scope->variables) {
      if (variable.name != name) continue;
      variable_ = variable.value->value(execution_.arena);
      return &variable_;
    }
    if (scope->kind == ScopeKind::top) return nullptr;
  }
}

}  // namespace stepwell::engine
