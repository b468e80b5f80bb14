// Every state can be reached from the start of its block. Nothing is said where the machine has no end: AWS does not
// look any further then.
#include "lang/asl/validation/rule.h"
#include "lang/asl/validation/terminal.h"

#include <unordered_set>

namespace stepwell::asl::validation {
namespace {

std::unordered_set<const StateNode*> reachable_from_start(const BlockNode& block) {
  std::unordered_set<const StateNode*> reached;
  std::vector<const StateNode*> open;
  const auto reach = [&](std::string_view name) {
    const StateNode* state = block.find(name);
    if (state != nullptr && reached.insert(state).second) open.push_back(state);
  };
  reach(block.definition.find("StartAt")->as_string());
  while (!open.empty()) {
    const StateNode* state = open.back();
    open.pop_back();
    for (const Target& target : targets_of(*state)) reach(target.name);
  }
  return reached;
}

void check(const Document& document, Findings& findings) {
  if (!has_terminal_state(document.top())) return;
  for (const BlockNode& block : document.blocks()) {
    const std::unordered_set<const StateNode*> reached = reachable_from_start(block);
    for (const StateNode* state : block.states) {
      if (reached.contains(state)) continue;
      findings.error("MISSING_TRANSITION_TARGET", state->place,
                     fmt::format("State \"{}\" is not reachable.", state->name));
    }
  }
}

}  // namespace

const Rule reachability_rule = {.stage = Stage::graph, .whole = check};

}  // namespace stepwell::asl::validation
