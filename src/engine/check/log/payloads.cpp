#include "engine/check/log_rules.h"

#include <unordered_map>

#include <fmt/format.h>

namespace stepwell::engine::check {
namespace {

bool same(const Payload* a, const Payload* b, json::Arena& arena) {
  if (a == b) return true;
  if (a == nullptr || b == nullptr) return false;
  return a->home() == b->home() || a->text(arena) == b->text(arena);
}

}  // namespace

void check_payloads(const Log& log, Report& report) {
  std::unordered_map<ScopeId, const Payload*> data;  // what the next state of a scope gets
  for (const Event& event : log.events) {
    const Payload*& current = data[event.scope];
    const Payload* input = event.payload(FieldTag::input);
    const Payload* output = event.payload(FieldTag::output);
    switch (role_of(event.type)) {
      case Role::opened:
      case Role::restored: current = input; break;
      case Role::entered:
        if (!same(input, current, log.arena)) {
          report.add(event.id, fmt::format("the input of '{}' is not the output of what came before",
                                           event.text(FieldTag::name)));
        }
        break;
      case Role::exited: current = output; break;
      case Role::closed:
        if (event.number(FieldTag::closed_well) != 0 && !same(output, current, log.arena)) {
          report.add(event.previous, fmt::format("the output of scope {} is not that of its last state", event.scope));
        }
        break;
      case Role::ended:
        if (event.type == EventType::ExecutionSucceeded && !same(output, current, log.arena)) {
          report.add(event.id, "the output of the execution is not that of its last state");
        }
        break;
      default: break;
    }
  }
}

}  // namespace stepwell::engine::check
