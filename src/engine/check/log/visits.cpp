#include "engine/check/log_rules.h"

#include <unordered_map>

#include <fmt/format.h>

namespace stepwell::engine::check {

namespace {

// The state that a scope goes on in; nullptr: it had left it and enters the next one.
const Event* restored_in(const Event& event, const std::unordered_map<EventId, const Event*>& entries) {
  if (event.number(FieldTag::entered_event) != event.number(FieldTag::last_event)) return nullptr;
  const auto entry = entries.find(static_cast<EventId>(event.number(FieldTag::entered_event)));
  return entry == entries.end() ? nullptr : entry->second;
}

}  // namespace

void check_visits(const Log& log, Report& report) {
  std::unordered_map<ScopeId, const Event*> visited;  // the state each scope is in
  std::unordered_map<EventId, const Event*> entries;  // by their ids, for scopes that are restored in their states
  for (const Event& event : log.events) {
    const Event*& entered = visited[event.scope];
    switch (role_of(event.type)) {
      case Role::entered:
        if (entered != nullptr) {
          report.add(event.id, fmt::format("'{}' is entered before '{}' is left", event.text(FieldTag::name),
                                           entered->text(FieldTag::name)));
        }
        entered = &event;
        entries[event.id] = &event;
        break;
      case Role::exited:
        if (entered == nullptr || entered->text(FieldTag::name) != event.text(FieldTag::name)) {
          report.add(event.id, fmt::format("'{}' is left, where it has not been entered", event.text(FieldTag::name)));
        }
        entered = nullptr;
        break;
      case Role::closed: entered = nullptr; break;
      case Role::restored: entered = restored_in(event, entries); break;
      case Role::ended:
        if (event.type == EventType::ExecutionSucceeded && entered != nullptr) {
          report.add(event.id,
                     fmt::format("the execution succeeds in the middle of '{}'", entered->text(FieldTag::name)));
        }
        visited.clear();
        break;
      default: break;
    }
  }
}

}  // namespace stepwell::engine::check
