// The branches of a Parallel state. What stands in each is a matter of its form as a block.
#include "lang/asl/validation/rule.h"
#include "lang/asl/validation/shape.h"

namespace stepwell::asl::validation {
namespace {

void check(const StateNode& state, const Document&, Findings& findings) {
  const json::Value* branches = state.takes("Branches") ? state.find("Branches") : nullptr;
  if (branches == nullptr || !branches->is_array()) return;
  for (std::size_t i = 0; i < branches->size() && !findings.is_full(); ++i) {
    check_value({.type = ValueType::object}, branches->elements()[i], (state.place / "Branches")[i], state.language,
                findings);
  }
}

}  // namespace

const Rule branches_rule = {.stage = Stage::values, .state = check};

}  // namespace stepwell::asl::validation
