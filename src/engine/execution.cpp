#include "engine/execution.h"

#include <array>

namespace stepwell::engine {

std::string_view name_of(Status status) {
  constexpr auto names = std::to_array<std::string_view>({"RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"});
  return names[static_cast<std::size_t>(status)];
}

namespace {

// Every execution has its ARN made, so it is made by hand: `parts` are what follows the account, after a colon each.
std::string arn_beside(std::string_view machine_arn, std::string_view kind,
                       std::initializer_list<std::string_view> parts) {
  // arn:aws:states:<region>:<account>:stateMachine:<machine> has its resource type behind the fifth colon.
  constexpr std::string_view type = ":stateMachine:";
  const std::size_t at = machine_arn.find(type);
  const std::string_view machine = machine_arn.substr(at + type.size());
  std::size_t size = at + kind.size() + machine.size();
  for (const std::string_view part : parts) size += 1 + part.size();
  std::string arn;
  arn.reserve(size);
  arn.append(machine_arn, 0, at).append(kind).append(machine);
  for (const std::string_view part : parts) arn.append(1, ':').append(part);
  return arn;
}

}  // namespace

std::string execution_arn(std::string_view machine_arn, std::string_view name) {
  return arn_beside(machine_arn, ":execution:", {name});
}

EventId Execution::awaits(const Scope& scope) const {
  const bool integration = scope.waiting == Waiting::task && scope.task.kind == TaskKind::integration;
  const asl::Resource* resource = integration ? state_of(scope).resource() : nullptr;
  return resource != nullptr && waits_for_end(resource->pattern) ? scope.task.scheduled : 0;
}

std::string Execution::arn() const {
  if (!is_express()) return execution_arn(revision->machine_arn, name);
  return arn_beside(revision->machine_arn, ":express:", {name, express_id});
}

namespace {

constexpr std::size_t smallest_compacted_bytes = 1U << 20U;

// Copies payloads once each, however many places refer to them.
class Mover {
 public:
  explicit Mover(json::Arena& arena) : arena_(&arena) {}
  void move(const Payload*& payload) {
    if (payload == nullptr) return;
    const Payload*& moved = moved_[payload];
    if (moved == nullptr) moved = Payload::copy(*arena_, *payload);
    payload = moved;
  }

 private:
  json::Arena* arena_;
  std::unordered_map<const Payload*, const Payload*> moved_;
};

}  // namespace

void compact_when_grown(Execution& execution) {
  // What is left is copied each time: only where the arena has doubled since is that worth its while.
  if (execution.arena.bytes() <= std::max(smallest_compacted_bytes, 2 * execution.compacted_bytes)) return;
  json::Arena arena;
  Mover mover(arena);
  mover.move(execution.input);
  mover.move(execution.output);
  for (auto& [id, scope] : execution.scopes) {
    mover.move(scope->data);
    scope->kept.reset();
    mover.move(scope->task.arguments);
    for (Variable& variable : scope->variables) mover.move(variable.value);
    for (const Payload*& output : scope->outputs) mover.move(output);
  }
  execution.arena = std::move(arena);
  execution.compacted_bytes = execution.arena.bytes();
}

}  // namespace stepwell::engine
