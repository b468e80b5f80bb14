#include "engine/check/log_rules.h"

#include <unordered_map>

#include <fmt/format.h>

namespace stepwell::engine::check {
namespace {

struct Attempt {
  const Event* scheduled = nullptr;  // nullptr: none is under way
  bool started = false;
  bool submitted = false;
};

// "Activity" of ActivityStarted: what the events of one attempt have in common.
std::string_view family(const Event& event) {
  for (const std::string_view family : {"Activity", "LambdaFunction", "Task"}) {
    if (name_of(event).starts_with(family)) return family;
  }
  return {};
}

bool belongs(const Attempt& attempt, const Event& event) {
  return attempt.scheduled != nullptr && family(*attempt.scheduled) == family(event);
}

// What is wrong with an event of an attempt; empty: nothing.
std::string_view fault(const Attempt& attempt, const Event& event) {
  const Role role = role_of(event.type);
  if (role == Role::scheduled) return attempt.scheduled ? "comes while another attempt is under way" : "";
  if (!belongs(attempt, event)) return "belongs to no attempt that is under way";
  if (role == Role::started) return attempt.started ? "comes for the second time in its attempt" : "";
  if (!attempt.started) return "comes before its attempt has started";
  if (role == Role::submitted && attempt.submitted) return "comes for the second time in its attempt";
  return "";
}

}  // namespace

void check_attempts(const Log& log, Report& report) {
  std::unordered_map<ScopeId, Attempt> attempts;
  for (const Event& event : log.events) {
    Attempt& attempt = attempts[event.scope];
    switch (const Role role = role_of(event.type)) {
      case Role::scheduled:
      case Role::started:
      case Role::submitted:
      case Role::answered:
        if (const auto wrong = fault(attempt, event); !wrong.empty())
          report.add(event.id, fmt::format("{} {}", name_of(event), wrong));
        if (role == Role::scheduled) attempt = {.scheduled = &event};
        if (role == Role::started) attempt.started = true;
        if (role == Role::submitted) attempt.submitted = true;
        if (role == Role::answered) attempt = {};
        break;
      case Role::entered:
      case Role::exited:
      case Role::retrying:
        if (attempt.scheduled != nullptr) {
          report.add(event.id, fmt::format("{} comes while the attempt of event {} is under way", name_of(event),
                                           attempt.scheduled->id));
        }
        attempt = {};
        break;
      case Role::closed:
      case Role::restored: attempt = {}; break;
      case Role::ended: attempts.clear(); break;
      default: break;
    }
  }
}

}  // namespace stepwell::engine::check
