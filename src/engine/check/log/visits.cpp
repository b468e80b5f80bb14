#include "engine/check/log_rules.h"

#include <unordered_map>

#include <fmt/format.h>

namespace stepwell::engine::check {

void check_visits(const Log& log, Report& report) {
  std::unordered_map<ScopeId, const Event*> visited;  // the state each scope is in
  for (const Event& event : log.events) {
    const Event*& entered = visited[event.scope];
    switch (role_of(event.type)) {
      case Role::entered:
        if (entered != nullptr) {
          report.add(event.id, fmt::format("'{}' is entered before '{}' is left", event.text(FieldTag::name),
                                           entered->text(FieldTag::name)));
        }
        entered = &event;
        break;
      case Role::exited:
        if (entered == nullptr || entered->text(FieldTag::name) != event.text(FieldTag::name)) {
          report.add(event.id, fmt::format("'{}' is left, where it has not been entered", event.text(FieldTag::name)));
        }
        entered = nullptr;
        break;
      case Role::closed: entered = nullptr; break;
      case Role::ended:
        if (event.type == EventType::ExecutionSucceeded && entered != nullptr) {
          report.add(event.id,
                     fmt::format("the execution succeeds in the middle of '{}'", entered->text(FieldTag::name)));
        }
        break;
      default: break;
    }
  }
}

}  // namespace stepwell::engine::check
