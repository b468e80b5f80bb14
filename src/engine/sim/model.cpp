#include "engine/sim/model.h"

#include "engine/check/roles.h"
#include "engine/check/rows.h"
#include "engine/event_codec.h"
#include "store/codec.h"

#include <fmt/format.h>

namespace stepwell::engine::sim {
namespace {

using check::Role;

// What the log says of each attempt.
struct Recorded {
  bool started = false, submitted = false, succeeded = false, failed = false;
};
using Log = std::map<std::pair<ScopeId, EventId>, Recorded>;

bool is_success(EventType type) {
  return type == EventType::TaskSucceeded || type == EventType::LambdaFunctionSucceeded ||
         type == EventType::ActivitySucceeded;
}

Log read_log(store::Store& store, ExecutionId id) {
  Log log;
  json::Arena arena;
  const StoredPayloads payloads(store);
  std::map<ScopeId, EventId> attempts;
  for (const auto& [key, value] : check::rows(store, store::Table::event, execution_key(id))) {
    for (const Event& event : decode_events(value, arena, payloads, id)) {
      const Role role = check::role_of(event.type);
      if (role == Role::scheduled) attempts[event.scope] = event.id;
      Recorded& recorded = log[{event.scope, attempts[event.scope]}];
      if (role == Role::started) recorded.started = true;
      if (role == Role::submitted) recorded.submitted = true;
      if (role == Role::answered) (is_success(event.type) ? recorded.succeeded : recorded.failed) = true;
    }
  }
  return log;
}

bool holds(const Recorded& recorded, Told what) {
  switch (what) {
    case Told::succeeded: return recorded.succeeded;
    case Told::failed: return recorded.failed;
    case Told::handed_out: return recorded.started;
    case Told::submitted: return recorded.submitted;
  }
  return false;
}

std::string_view words(Told what) {
  constexpr std::string_view texts[] = {"a success", "a failure", "a hand-out", "a submission"};
  return texts[static_cast<std::size_t>(what)];
}

}  // namespace

void Model::violated(ExecutionId id, const Known& known, std::string_view what) {
  violations_.push_back(fmt::format("model: execution '{}' ({}/{}): {}", known.name, id.shard, id.serial, what));
}

void Model::started(const StartOutcome& outcome, const Revision& revision, const std::string& name,
                    const std::string& input) {
  ++facts_;
  Known& known = executions_[outcome.id];
  known.name = name;
  known.machine_arn = revision.machine_arn;
  known.input = input;
  known.express = revision.type == asl::MachineType::express;
  if (!known.express) {
    const auto [found, added] = names_.emplace(std::pair(revision.machine_arn, name), outcome.id);
    const bool other = !added && found->second != outcome.id;
    if (other && !may_lose_name(found->second, outcome.id))
      violated(outcome.id, known, "its name belongs to another execution");
    found->second = outcome.id;
  }
  verify(outcome.id, known);
}

// Its time is over: it is deleted, or the deletion failed while the name was taken.
bool Model::may_lose_name(ExecutionId id, ExecutionId to) const {
  if (disk_.deletions.deleted(id)) return true;
  const auto record = check::read_record(disk_.durable(), id);
  return record && record->stopped && id < to;
}

void Model::stopped(ExecutionId id, Timestamp at) {
  ++facts_;
  Known& known = executions_[id];
  known.stopped = std::max(known.stopped.value_or(at), at);
  verify(id, known);
}

void Model::told(const TaskRef& task, Told what, bool repeatable) {
  if (repeatable) return;
  ++facts_;
  Known& known = executions_[task.execution];
  auto& attempt = known.attempts[{task.scope, task.scheduled}];
  const auto same_kind = [what](Told before) { return what <= Told::failed ? before <= Told::failed : before == what; };
  if (std::ranges::any_of(attempt, same_kind))
    violated(task.execution, known, fmt::format("attempt {} took {} and had taken one", task.scheduled, words(what)));
  attempt.push_back(what);
  verify(task.execution, known);
}

void Model::verify() {
  for (const auto& [id, known] : executions_) verify(id, known);
}

void Model::verify(ExecutionId id, const Known& known) {
  if (known.express || disk_.deletions.deleted(id)) return;
  const auto view = Queries(disk_.durable()).describe(id);
  if (!view) return violated(id, known, view.error().message);
  if (!*view) return violated(id, known, "its start was acknowledged, and it is gone");
  const ExecutionRecord& record = (*view)->record;
  if (!known.name.empty()) {
    const auto found = Queries(disk_.durable()).find(known.machine_arn, known.name);
    const bool leads_to_it = found && *found && (**found == id || may_lose_name(id, **found));
    if (!leads_to_it) violated(id, known, "its name does not lead to it");
    if ((*view)->input != known.input) violated(id, known, "it has another input than it was started with");
  }
  // An execution that was stopped may be redriven.
  const bool stays = known.stopped && (!record.redriven || *record.redriven < *known.stopped);
  if (stays && (record.status == Status::running || record.stopped != known.stopped)) {
    violated(id, known, "its stop was acknowledged, and has not taken effect");
  }
  // The last thing that an execution took may be what made its history too long.
  const bool full = record.cause && record.cause->contains("maximum number of history events");
  if (!known.attempts.empty() && !full) verify_attempts(id, known);
}

void Model::verify_attempts(ExecutionId id, const Known& known) {
  const Log log = read_log(disk_.durable(), id);
  for (const auto& [attempt, told] : known.attempts) {
    const auto recorded = log.find(attempt);
    for (const Told what : told) {
      if (recorded == log.end() || !holds(recorded->second, what)) {
        violated(
            id, known,
            fmt::format("{} of attempt {} was acknowledged, and is not in the history", words(what), attempt.second));
      }
    }
  }
}

}  // namespace stepwell::engine::sim
