// Transitions lead to states of the same block. Whatever the field is called, AWS says 'Next'.
#include "lang/asl/validation/nearest.h"
#include "lang/asl/validation/rule.h"

#include <unordered_set>

namespace stepwell::asl::validation {
namespace {

struct Checker {
  const Document& document;
  Findings& findings;
  std::unordered_set<std::string_view> all_names;

  void check(const BlockNode& block, const Target& target) const {
    if (block.find(target.name) != nullptr) return;
    Diagnostic& diagnostic = findings.error("MISSING_TRANSITION_TARGET", target.place,
                                            fmt::format("Missing 'Next' target: {}", target.name));
    if (findings.is_full()) return;
    if (all_names.contains(target.name)) {
      diagnostic.hint = "the state stands in another block; a transition stays within its own";
      return;
    }
    std::vector<std::string_view> names;
    names.reserve(block.states.size());
    for (const StateNode* state : block.states) names.push_back(state->name);
    diagnostic.hint = did_you_mean(target.name, names);
  }
};

void check(const Document& document, Findings& findings) {
  Checker checker = {.document = document, .findings = findings, .all_names = {}};
  for (const StateNode& state : document.states()) checker.all_names.insert(state.name);
  for (const Document::Node& node : document.nodes()) {
    if (const auto* const* block = std::get_if<const BlockNode*>(&node)) {
      const json::Value* start = (*block)->definition.find("StartAt");
      checker.check(**block, {.name = start->as_string(), .place = (*block)->place / "StartAt"});
    } else {
      const StateNode& state = *std::get<const StateNode*>(node);
      for (const Target& target : targets_of(state)) checker.check(*state.block, target);
    }
  }
}

}  // namespace

const Rule transition_targets_rule = {.stage = Stage::targets, .whole = check};

}  // namespace stepwell::asl::validation
