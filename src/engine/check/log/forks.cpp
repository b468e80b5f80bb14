#include "engine/check/log_rules.h"

#include <unordered_map>

#include <fmt/format.h>

namespace stepwell::engine::check {
namespace {

struct Fork {
  std::int64_t count = 0, concurrency = 0, opened = 0, running = 0, failed = 0;
  std::int64_t tolerated = 0, tolerated_percentage_millis = 0;
  bool tolerates() const { return failed <= tolerated || failed * 100'000 <= tolerated_percentage_millis * count; }
};

struct Child {
  ScopeId parent = top_scope;
  std::int64_t index = 0;
  bool begun = false, ended = false;  // its MapIteration… events
};

class Walk {
 public:
  explicit Walk(Report& report) : report_(report) {}

  void event(const Event& event) {
    switch (role_of(event.type)) {
      case Role::fork_started: return fork(event);
      case Role::opened: return opened(event);
      case Role::restored: return restored(event);
      case Role::child_kept: return at_least(forks_[event.scope], event);
      case Role::ended:
        forks_.clear();
        children_.clear();
        return;
      case Role::closed: return closed(event);
      case Role::fork_succeeded: return succeeded(event, forks_[event.scope]);
      case Role::fork_failed:
        if (forks_[event.scope].running != 0)
          report_.add(event.id, fmt::format("{} comes while children are running", name_of(event)));
        return;
      case Role::iteration_started: return iteration(event, children_[event.scope].begun);
      case Role::iteration_ended:
      case Role::iteration_aborted: return iteration(event, children_[event.scope].ended);
      default: return;
    }
  }

 private:
  void fork(const Event& event) {
    Fork& fork = forks_[event.scope];
    if (fork.running != 0)
      report_.add(event.id, fmt::format("{} comes while children of the last fork are running", name_of(event)));
    fork = {.count = event.number(FieldTag::length),
            .concurrency = event.number(FieldTag::concurrency),
            .tolerated = event.number(FieldTag::tolerated_failures),
            .tolerated_percentage_millis = event.number(FieldTag::tolerated_percentage)};
  }

  void opened(const Event& event) {
    if (event.number(FieldTag::scope_kind) == static_cast<std::int64_t>(ScopeKind::top)) return;
    const Child child{.parent = static_cast<ScopeId>(event.number(FieldTag::parent)),
                      .index = event.number(FieldTag::child)};
    children_[event.scope] = child;
    Fork& fork = forks_[child.parent];
    if (child.index != fork.opened)
      report_.add(event.previous, fmt::format("child {} is opened where {} is the next", child.index, fork.opened));
    ++fork.opened;
    ++fork.running;
    if (fork.opened > fork.count)
      report_.add(event.previous, fmt::format("child {} of {} is opened", child.index, fork.count));
    if (fork.running > fork.concurrency)
      report_.add(event.previous, fmt::format("{} children run, and at most {} may", fork.running, fork.concurrency));
  }

  // The children of a fork that is redriven are there again in any order.
  void restored(const Event& event) {
    if (event.number(FieldTag::scope_kind) == static_cast<std::int64_t>(ScopeKind::top)) return;
    const Child child{.parent = static_cast<ScopeId>(event.number(FieldTag::parent)),
                      .index = event.number(FieldTag::child)};
    children_[event.scope] = child;
    at_least(forks_[child.parent], event);
    ++forks_[child.parent].running;
  }
  static void at_least(Fork& fork, const Event& event) {
    fork.opened = std::max(fork.opened, event.number(FieldTag::child) + 1);
  }

  void closed(const Event& event) {
    const auto child = children_.find(event.scope);
    if (child == children_.end()) return report_.add(event.previous, "a child is closed that was not opened");
    Fork& fork = forks_[child->second.parent];
    --fork.running;
    if (event.number(FieldTag::closed_well) == 0) ++fork.failed;
    children_.erase(child);
  }

  void succeeded(const Event& event, const Fork& fork) {
    if (fork.running != 0 || fork.opened != fork.count) {
      report_.add(event.id, fmt::format("{} comes with {} of {} children opened and {} running", name_of(event),
                                        fork.opened, fork.count, fork.running));
    } else if (!fork.tolerates()) {
      report_.add(event.id,
                  fmt::format("{} comes where {} of {} children have failed", name_of(event), fork.failed, fork.count));
    }
  }

  void iteration(const Event& event, bool& seen) {
    const Child& child = children_[event.scope];
    if (seen) report_.add(event.id, fmt::format("{} comes for the second time", name_of(event)));
    if (event.number(FieldTag::index) != child.index)
      report_.add(event.id, fmt::format("{} of iteration {} comes in iteration {}", name_of(event),
                                        event.number(FieldTag::index), child.index));
    seen = true;
  }

  Report& report_;
  std::unordered_map<ScopeId, Fork> forks_;
  std::unordered_map<ScopeId, Child> children_;
};

}  // namespace

void check_forks(const Log& log, Report& report) {
  Walk walk(report);
  for (const Event& event : log.events) walk.event(event);
}

}  // namespace stepwell::engine::check
