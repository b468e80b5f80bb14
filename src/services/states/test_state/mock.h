#pragma once
// What a caller of TestState gives in place of a state's work.

#include "base/error.h"
#include "lang/asl/failure.h"
#include "services/directory/directory.h"
#include "services/states/test_state/subject.h"

#include <optional>

namespace stepwell::states {

// One of the two.
struct Mock {
  std::optional<json::Value> result;  // in the call's arena
  std::optional<asl::Failure> failure;
};

// nullopt: there is none, and the state needs none. Errors, in AWS's words: ValidationException for a mock that the
// state does not take, that contradicts itself or that does not look like what the state's service answers;
// InvalidDefinition for a state that cannot be tested without.
Result<std::optional<Mock>> read_mock(const directory::Directory& directory, wire::Call& call, const Subject& subject);

}  // namespace stepwell::states
