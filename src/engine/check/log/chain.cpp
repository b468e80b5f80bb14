// The chaining rules (spec §3). They are written from the specification, by the places of events in the tree of scopes,
// and share nothing with what the interpreter does.

#include "engine/check/log_rules.h"

#include <set>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

namespace stepwell::engine::check {
namespace {

struct Place {
  ScopeId parent = top_scope;
  bool top = false;
  const Event* last = nullptr;  // the newest event of the scope; nullptr: none yet
  EventId end = 0;              // the end of its path: what the next event points at
  EventId state_end = 0;        // the same without the events of the iteration itself
  EventId fork = 0;             // …StateStarted of the fork under way
  EventId freed = 0;            // the last state event of the child that has ended last
};

class Walk {
 public:
  explicit Walk(Report& report) : report_(report) { scope_of_.push_back(top_scope); }

  void event(const Event& event) {
    if (event.id != 0) {
      scope_of_.push_back(event.scope);
      visited_.insert(event.scope);
    }
    if (event.id != 0 && event.previous >= event.id) return wrong(event, "an event before it");
    switch (role_of(event.type)) {
      case Role::begun: return expect(event, 0);
      case Role::ended: return ended(event);
      case Role::redriven: return expect(event, event.id - 1);
      case Role::opened: return opened(event);
      case Role::restored: return restored(event);
      default: break;
    }
    const auto place = places_.find(event.scope);
    if (place == places_.end()) return;
    inside(event, place->second);
  }

 private:
  void inside(const Event& event, Place& place) {
    const Role role = role_of(event.type);
    switch (role) {
      case Role::closed: return closed(event, place);
      case Role::fork_succeeded: return expect(event, place.end);  // success does not advance the path
      case Role::aborted:
      case Role::iteration_aborted: given_up(event, place); break;
      case Role::evaluation_failed: evaluation_failed(event, place); break;
      default: expect(event, place.end);
    }
    if (event.id == 0) return;
    if (role == Role::fork_started) {
      place.fork = event.id;
      place.freed = 0;
    }
    place.last = &event;
    place.end = event.id;
    if (role != Role::iteration_ended && role != Role::iteration_aborted) place.state_end = event.id;
  }

  void ended(const Event& event) {
    const auto top = places_.find(top_scope);
    const EventId end = top == places_.end() ? 0 : top->second.end;
    if (event.type == EventType::ExecutionAborted || event.type == EventType::ExecutionTimedOut)
      return expect(event, 0);
    // An execution that fails for the length of its history is ended from outside, too.
    const bool full = event.type == EventType::ExecutionFailed &&
                      event.text(FieldTag::cause).contains("maximum number of history events");
    if (!full || event.previous != 0) expect(event, end);
  }

  void opened(const Event& event) {
    Place place{.parent = static_cast<ScopeId>(event.number(FieldTag::parent)),
                .top = event.number(FieldTag::scope_kind) == static_cast<std::int64_t>(ScopeKind::top),
                .end = event.previous,
                .state_end = event.previous};
    const auto parent = places_.find(place.parent);
    if (place.top) {
      expect(event, 0);
    } else if (parent != places_.end() && event.previous != parent->second.fork &&
               (parent->second.freed == 0 || event.previous != parent->second.freed)) {
      wrong(event, fmt::format("{} or {}", parent->second.fork, parent->second.freed));
    }
    places_.insert_or_assign(event.scope, place);
  }

  // Goes on where it was: behind an event of its own, or what it hung on.
  void restored(const Event& event) {
    const auto last = static_cast<EventId>(event.number(FieldTag::last_event));
    expect(event, last);
    const bool own =
        last < scope_of_.size() && (last == 0 || scope_of_[last] == event.scope || !visited_.contains(event.scope));
    if (!own) wrong(event, "an event of its scope");
    const bool top = event.number(FieldTag::scope_kind) == static_cast<std::int64_t>(ScopeKind::top);
    const auto parent = static_cast<ScopeId>(event.number(FieldTag::parent));
    places_.insert_or_assign(event.scope, Place{.parent = parent, .top = top, .end = last, .state_end = last});
    closed_.erase(event.scope);
    restored_.insert(event.scope);
  }

  void closed(const Event& event, const Place& place) {
    const bool well = event.number(FieldTag::closed_well) != 0;
    if (well) expect(event, place.end);
    if (!well && event.previous != place.end) given_up(event, place);
    if (const auto parent = places_.find(place.parent); parent != places_.end() && !place.top) {
      parent->second.end = parent->second.state_end = event.previous;
      parent->second.freed = place.state_end;
    }
    closed_[event.scope] = place.parent;
    places_.erase(event.scope);
  }

  // Points at the failure for which it is given up: an event inside a fork that holds this scope, and not from before
  // that, unless what failed is a state that is run again after a redrive, whose path begins where it did before.
  void given_up(const Event& event, const Place& place) {
    for (ScopeId fork = place.parent;;) {
      const auto found = places_.find(fork);
      if (found == places_.end()) break;
      if (found->second.fork != 0 && is_within(event.previous, fork) &&
          (event.previous >= found->second.fork || restored_.contains(scope_of_[event.previous]))) {
        return;
      }
      if (found->second.top) break;
      fork = found->second.parent;
    }
    wrong(event, "the event that failed");
  }

  bool is_within(EventId event, ScopeId fork) const {
    if (event >= scope_of_.size()) return false;
    for (ScopeId scope = scope_of_[event];;) {
      if (scope == fork) return true;
      const auto place = places_.find(scope);
      const auto gone = closed_.find(scope);
      if (place == places_.end() && gone == closed_.end()) return false;
      if (place != places_.end() && place->second.top) return false;
      scope = place != places_.end() ? place->second.parent : gone->second;
    }
  }

  // What fails on the way into a state points at what came before that.
  void evaluation_failed(const Event& event, const Place& place) {
    const bool entering =
        place.last != nullptr && role_of(place.last->type) == Role::entered && place.last->id + 1 == event.id;
    if (entering && event.previous == place.last->previous) return;
    expect(event, place.end);
  }

  void expect(const Event& event, EventId previous) {
    if (event.previous != previous) wrong(event, fmt::format("{}", previous));
  }
  void wrong(const Event& event, std::string_view right) {
    report_.add(event.id != 0 ? event.id : event.previous,
                fmt::format("{} follows {}, not {}", name_of(event), event.previous, right));
  }

  Report& report_;
  std::unordered_map<ScopeId, Place> places_;
  std::unordered_map<ScopeId, ScopeId> closed_;  // parents of closed scopes
  std::vector<ScopeId> scope_of_;                // by event id
  std::set<ScopeId> visited_;                    // scopes that have events
  std::set<ScopeId> restored_;                   // scopes of a redriven execution
};

}  // namespace

void check_chain(const Log& log, Report& report) {
  Walk walk(report);
  for (const Event& event : log.events) walk.event(event);
}

}  // namespace stepwell::engine::check
