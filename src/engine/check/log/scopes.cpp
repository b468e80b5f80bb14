#include "engine/check/log_rules.h"

#include <unordered_map>

#include <fmt/format.h>

namespace stepwell::engine::check {
namespace {

struct Open {
  ScopeId parent = top_scope;
  bool top = false;
  std::int64_t index = 0;
  std::int64_t children = 0;  // of the fork under way
  std::int64_t running = 0;
};

class Walk {
 public:
  explicit Walk(Report& report) : report_(report) {}

  void event(const Event& event) {
    switch (role_of(event.type)) {
      case Role::begun:
      case Role::redriven: return;
      case Role::ended: open_.clear(); return;
      case Role::opened: return opened(event);
      case Role::restored: return restored(event);
      case Role::closed: return closed(event);
      default: break;
    }
    const auto scope = open_.find(event.scope);
    if (scope == open_.end())
      return report_.add(event.id, fmt::format("{} is in scope {}, which is not open", name_of(event), event.scope));
    if (role_of(event.type) == Role::fork_started) scope->second.children = event.number(FieldTag::length);
    if (role_of(event.type) == Role::child_kept && event.number(FieldTag::child) >= scope->second.children) {
      report_.add(fmt::format("scope {} keeps a child that it does not have", event.scope));
    }
  }

 private:
  void opened(const Event& event) {
    const bool top = event.number(FieldTag::scope_kind) == static_cast<std::int64_t>(ScopeKind::top);
    const Open scope{.parent = static_cast<ScopeId>(event.number(FieldTag::parent)),
                     .top = top,
                     .index = event.number(FieldTag::child)};
    if (role_of(event.type) == Role::opened) {
      if (event.scope != next_) report_.add(fmt::format("scope {} is opened where {} is the next", event.scope, next_));
      next_ = event.scope + 1;
    }
    if (!top) {
      const auto parent = open_.find(scope.parent);
      if (parent == open_.end())
        return report_.add(fmt::format("scope {} is opened below {}, which is not open", event.scope, scope.parent));
      if (scope.index < 0 || scope.index >= parent->second.children) {
        report_.add(fmt::format("scope {} is child {} of {}", event.scope, scope.index, parent->second.children));
      }
      ++parent->second.running;
    }
    open_.insert_or_assign(event.scope, scope);
  }

  void restored(const Event& event) {
    if (event.scope >= next_ || open_.contains(event.scope)) {
      report_.add(fmt::format("scope {} is restored, which was not there or still is", event.scope));
    }
    opened(event);
  }

  void closed(const Event& event) {
    const auto scope = open_.find(event.scope);
    if (scope == open_.end()) return report_.add(fmt::format("scope {} is closed and was not open", event.scope));
    const auto parent = open_.find(scope->second.parent);
    if (scope->second.top || parent == open_.end() || parent->second.running == 0) {
      report_.add(fmt::format("scope {} is closed, of which nobody waits for the end", event.scope));
    } else {
      --parent->second.running;
    }
    open_.erase(scope);
  }

  Report& report_;
  ScopeId next_ = 0;
  std::unordered_map<ScopeId, Open> open_;
};

}  // namespace

void check_scopes(const Log& log, Report& report) {
  Walk walk(report);
  for (const Event& event : log.events) walk.event(event);
}

}  // namespace stepwell::engine::check
