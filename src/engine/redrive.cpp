#include "engine/redrive.h"

#include "base/check.h"
#include "engine/apply.h"
#include "engine/event_codec.h"
#include "engine/storage_lost.h"

#include <algorithm>

#include <fmt/format.h>

namespace stepwell::engine {
namespace {

constexpr Duration redrivable_period = std::chrono::days(14);
constexpr Duration longest_execution = std::chrono::days(365);
constexpr Duration token_life = std::chrono::minutes(15);

}  // namespace

std::optional<std::string> redrive_refusal(const RedriveFacts& facts, Timestamp now) {
  if (facts.status == Status::running || facts.status == Status::succeeded) {
    return fmt::format("Execution is {} and cannot be redriven", name_of(facts.status));
  }
  if (facts.next_event >= facts.max_events) return "Execution history event limit exceeded";
  if (now - *facts.stopped > redrivable_period) return "Execution redrivable period exceeded";
  if (now - facts.started > longest_execution) return "Execution has exceeded the max execution time";
  return std::nullopt;
}

std::optional<Timestamp> redriven_by(const std::vector<RedriveToken>& tokens, std::string_view token, Timestamp now) {
  const auto found = std::ranges::find(tokens, token, &RedriveToken::token);
  if (token.empty() || found == tokens.end() || now - found->at > token_life) return std::nullopt;
  return found->at;
}

std::span<const UnfinishedScope> Unfinished::children(ScopeId parent) const {
  const auto found = children_.find(parent);
  return found == children_.end() ? std::span<const UnfinishedScope>{} : found->second;
}

// A fork that ended with all its children done failed by what it made of their results: it is run again as a whole. So
// is one that was waiting to be tried again.
bool Unfinished::goes_on(const Scope& scope) const {
  const ForkWait& fork = scope.fork;
  if (fork.count == 0) return false;
  return scope.waiting == Waiting::children || fork.started < fork.count || !children(scope.id).empty();
}

// Replays the log of an execution and keeps what is given up on the way, until it is overtaken.
class UnfinishedReader {
 public:
  UnfinishedReader(const StoredPayloads& payloads, Execution& execution) : payloads_(payloads), execution_(execution) {
    past_.id = execution.id;
    past_.name = execution.name;
    past_.revision = execution.revision;
  }

  void read(std::string_view record) {
    for (const Event& event : decode_events(record, past_.arena, payloads_, past_.id)) {
      note(event);
      apply(past_, event);
    }
    compact_when_grown(past_);
  }

  Unfinished take() {
    CHECK(unfinished_.top_.scope != nullptr);
    for (auto& [parent, children] : unfinished_.children_) {
      std::ranges::sort(children, {}, [](const UnfinishedScope& child) { return child.scope->id; });
    }
    return std::move(unfinished_);
  }

 private:
  void note(const Event& event) {
    using enum EventType;
    switch (event.type) {
      case ScopeClosed:
        if (event.number(FieldTag::closed_well) == 0) keep(*past_.find(event.scope), event.find(FieldTag::state_index));
        return;
      case ExecutionFailed:
      case ExecutionAborted:
      case ExecutionTimedOut:
        for (const auto& [id, scope] : past_.scopes) keep(*scope, nullptr);
        return;
      case ExecutionRedriven: unfinished_ = {}; return;
      // The children of an earlier attempt, or of a failure that was caught.
      case MapStateStarted:
      case ParallelStateStarted:
      case RetryScheduled:
      case MapStateExited:
      case ParallelStateExited: drop_children(event.scope); return;
      default: return;
    }
  }

  void keep(const Scope& scope, const Field* next_state) {
    UnfinishedScope kept{.scope = std::make_unique<Scope>(scope), .next = nullptr};
    Scope& copy = *kept.scope;
    copy.kept.reset();
    copy.task = {};
    copy.due.reset();
    copy.data = at_home(scope.data);
    for (const Payload*& output : copy.outputs) output = output ? at_home(output) : nullptr;
    for (Variable& variable : copy.variables) variable.value = Payload::copy(execution_.arena, *variable.value);
    if (next_state != nullptr) {
      kept.next = &execution_.revision->machine->state(static_cast<std::uint32_t>(next_state->number()));
    } else if (scope.entered_event == 0) {
      kept.next = &execution_.state_of(scope);
    }
    if (scope.kind == ScopeKind::top)
      unfinished_.top_ = std::move(kept);
    else
      unfinished_.children_[scope.parent].push_back(std::move(kept));
  }

  void drop_children(ScopeId parent) {
    auto children = unfinished_.children_.extract(parent);
    if (children.empty()) return;
    for (const UnfinishedScope& child : children.mapped()) drop_children(child.scope->id);
  }

  // The bytes stay in the store until they are needed.
  const Payload* at_home(const Payload* payload) {
    if (payload->home().serial == 0) return Payload::copy(execution_.arena, *payload);
    return Payload::of_home(execution_.arena, payloads_, execution_.id, payload->home());
  }

  const StoredPayloads& payloads_;
  Execution& execution_;
  Execution past_;
  Unfinished unfinished_;
};

Unfinished read_unfinished(store::Store& store, const StoredPayloads& payloads, Execution& execution) {
  UnfinishedReader reader(payloads, execution);
  const auto cursor = store.scan(store::Table::event, event_key(execution.id, 0), end_of_execution(execution.id),
                                 store::Direction::forward);
  for (; cursor->valid(); cursor->next()) reader.read(cursor->value());
  if (auto status = cursor->status(); !status) throw StorageLost(std::move(status).error());
  return reader.take();
}

}  // namespace stepwell::engine
