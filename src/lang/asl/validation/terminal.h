#pragma once
// States at which a block ends.

#include "lang/asl/validation/document.h"

namespace stepwell::asl::validation {

inline bool is_terminal(const StateNode& state) {
  if (state.is(succeed_state) || state.is(fail_state)) return true;
  const json::Value* end = state.takes("End") ? state.find("End") : nullptr;
  return end != nullptr && end->is_boolean() && end->as_boolean();
}

inline bool has_terminal_state(const BlockNode& block) {
  return std::ranges::any_of(block.states, [](const StateNode* state) { return is_terminal(*state); });
}

}  // namespace stepwell::asl::validation
