// The names of the variables that a state assigns. Those of choice rules and catchers are looked at with them.
#include "lang/asl/validation/paths.h"
#include "lang/asl/validation/rule.h"

namespace stepwell::asl::validation {
namespace {

void check(const StateNode& state, const Document&, Findings& findings) {
  const json::Value* assign = state.takes("Assign") ? state.find("Assign") : nullptr;
  if (assign != nullptr) check_assignments(*assign, state.language, state.place / "Assign", findings);
}

}  // namespace

const Rule assignments_rule = {.stage = Stage::contents, .state = check};

}  // namespace stepwell::asl::validation
