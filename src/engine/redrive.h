#pragma once
// Redriving: an execution that failed, was stopped or ran out of time goes on where it ended (spec §2,
// RedriveExecution). What has succeeded is not run again.
//
// Scopes leave the store with the end of their execution. They are found again in its log: `read_unfinished` replays it
// and keeps each scope that was given up, as it was in its state. The interpreter then writes them into the log once
// more (ScopeRestored, ChildKept), so that the log alone still tells everything.
//
// AWS does not document what the history of a redriven execution looks like beyond ExecutionRedriven. Here a state that
// is run again is not entered again: its events hang on the …StateEntered event of the visit, as those of its first
// attempt. A Parallel or Map whose children are run again says …StateStarted once more.

#include "engine/execution.h"
#include "engine/persist.h"
#include "store/store.h"

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace stepwell::engine {

// Why an execution cannot be redriven, in AWS's words; nullopt: it can.
struct RedriveFacts {
  Status status = Status::running;
  Timestamp started{};
  std::optional<Timestamp> stopped;
  EventId next_event = 1;
  EventId max_events = 25'000;  // of the history
};
std::optional<std::string> redrive_refusal(const RedriveFacts& facts, Timestamp now);

// When the request of that token has redriven the execution; nullopt: not lately.
std::optional<Timestamp> redriven_by(const std::vector<RedriveToken>& tokens, std::string_view token, Timestamp now);

// A scope that was given up before it was done.
struct UnfinishedScope {
  std::unique_ptr<Scope> scope;      // as it was; its payloads are the execution's
  const asl::State* next = nullptr;  // what it was about to enter; nullptr: its state is run again
};

class Unfinished {
 public:
  const UnfinishedScope& top() const { return top_; }
  // Of a fork, in the order of their ids.
  std::span<const UnfinishedScope> children(ScopeId parent) const;
  // Whether the scope's state is a fork of which only the children that are not done are run again.
  bool goes_on(const Scope& scope) const;

 private:
  friend class UnfinishedReader;
  UnfinishedScope top_;
  std::map<ScopeId, std::vector<UnfinishedScope>> children_;
};

// Of an execution that has ended. Throws StorageLost.
Unfinished read_unfinished(store::Store& store, const StoredPayloads& payloads, Execution& execution);

}  // namespace stepwell::engine
