#include "engine/check/log_rules.h"

#include <optional>
#include <unordered_map>

#include <fmt/format.h>

namespace stepwell::engine::check {
namespace {

using Time = std::optional<std::int64_t>;  // milliseconds since the epoch

Time time_in(const Event& event, FieldTag tag) {
  const Field* field = event.find(tag);
  return field ? Time(field->number()) : Time();
}

struct Clocks {
  Time due;                  // of a Wait state, or before the next attempt
  std::int64_t timeout = 0;  // of the attempt, in seconds; 0: none
  std::int64_t heartbeat = 0;
  Time timeout_due, heartbeat_due;
};

class Walk {
 public:
  explicit Walk(Report& report) : report_(report) {}

  void event(const Event& event) {
    Clocks& clocks = clocks_[event.scope];
    switch (role_of(event.type)) {
      case Role::begun:
      case Role::redriven: deadline_ = time_in(event, FieldTag::due); break;
      case Role::ended:
        if (event.type == EventType::ExecutionTimedOut) not_before(event, deadline_);
        clocks_.clear();
        break;
      case Role::waiting:
      case Role::retrying: clocks.due = time_in(event, FieldTag::due); break;
      case Role::scheduled:
        not_before(event, std::exchange(clocks.due, {}));
        clocks = {.timeout = event.number(FieldTag::timeout_seconds), .heartbeat = heartbeat_seconds(event)};
        break;
      case Role::started: started(event, clocks); break;
      case Role::heartbeat: clocks.heartbeat_due = time_in(event, FieldTag::heartbeat_due); break;
      case Role::answered:
        if (timed_out(event.type)) attempt_over(event, clocks);
        clocks = {};
        break;
      case Role::exited:
      case Role::fork_started:
      case Role::evaluation_failed: not_before(event, std::exchange(clocks.due, {})); break;
      case Role::closed: clocks_.erase(event.scope); break;
      default: break;
    }
  }

 private:
  static std::int64_t at(const Event& event) { return event.at.time_since_epoch().count(); }

  void not_before(const Event& event, const Time& due) {
    if (due && at(event) < *due)
      report_.add(event.id, fmt::format("{} comes {} ms early", name_of(event), *due - at(event)));
  }

  // The times of an attempt count from its start.
  void started(const Event& event, Clocks& clocks) {
    clocks.timeout_due = time_in(event, FieldTag::due);
    clocks.heartbeat_due = time_in(event, FieldTag::heartbeat_due);
    const auto right = [&](const Time& due, std::int64_t seconds) {
      return seconds == 0 ? !due : due == at(event) + seconds * 1000;
    };
    if (!right(clocks.timeout_due, clocks.timeout) || !right(clocks.heartbeat_due, clocks.heartbeat)) {
      report_.add(event.id, fmt::format("{} has other times than its attempt", name_of(event)));
    }
  }

  void attempt_over(const Event& event, const Clocks& clocks) {
    if (!clocks.timeout_due && !clocks.heartbeat_due) {
      report_.add(event.id, fmt::format("{} comes in an attempt that has no limit of time", name_of(event)));
    } else if (!clocks.timeout_due || (clocks.heartbeat_due && *clocks.heartbeat_due < *clocks.timeout_due)) {
      not_before(event, clocks.heartbeat_due);
    } else {
      not_before(event, clocks.timeout_due);
    }
  }

  Report& report_;
  Time deadline_;
  std::unordered_map<ScopeId, Clocks> clocks_;
};

}  // namespace

void check_early(const Log& log, Report& report) {
  Walk walk(report);
  for (const Event& event : log.events) walk.event(event);
}

}  // namespace stepwell::engine::check
