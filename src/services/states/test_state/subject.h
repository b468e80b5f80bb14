#pragma once
// The state that TestState is to test (spec §2): given alone, or by its name in a whole definition.

#include "base/error.h"
#include "lang/asl/machine.h"
#include "wire/call.h"

#include <memory>
#include <string_view>

namespace stepwell::states {

// What AWS calls the state under test wherever it has to name it, whatever its name in a definition is.
inline constexpr std::string_view subject_name = "StateName";

struct Subject {
  std::shared_ptr<const asl::Machine> machine;  // holds the state
  const asl::State* state = nullptr;
  json::Value definition;  // of the state; in the call's arena

  bool is(asl::StateType type) const { return state->type() == type; }
};

// Whether a Map or Parallel has a state of that name in it, at any depth.
bool holds_state(const Subject& subject, std::string_view name);

// Errors: InvalidDefinition; ValidationException where the definition has no state of the name.
Result<Subject> find_subject(wire::Call& call);

}  // namespace stepwell::states
