// A name stands for one state in the whole machine, nested blocks included.
#include "lang/asl/validation/rule.h"

namespace stepwell::asl::validation {
namespace {

void check(const Document& document, Findings& findings) {
  std::unordered_map<std::string_view, const StateNode*> seen;
  for (const StateNode& state : document.states()) {
    const auto [first, is_new] = seen.emplace(state.name, &state);
    if (is_new) continue;
    findings.error("DUPLICATE_STATE_NAME", state.place, fmt::format("Duplicate State name: {}", state.name)).hint =
        fmt::format("the name is taken at {}", first->second->place.location());
  }
}

}  // namespace

const Rule duplicate_names_rule = {.stage = Stage::names, .whole = check};

}  // namespace stepwell::asl::validation
