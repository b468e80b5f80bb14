#pragma once
// A fork: a new execution that begins at a state which another one has entered, with data of its own. It runs a
// revision of the machine that is the other's definition but for where it begins, and whose Comment tells where it
// comes from:
//
//   Forked from <execution ARN> at event <number>
//
// What cannot be reached from there is left out. Within a branch or an iteration, the fork is of that branch or
// iteration alone. Variables are assigned by a Pass state in front.

#include "base/error.h"
#include "base/task.h"
#include "engine/engine.h"
#include "services/states/states.h"

#include <string>

namespace stepwell::states {

struct ForkRequest {
  std::string execution_arn;
  engine::EventId event = 0;  // …StateEntered
  std::string input;          // JSON: of the state
  std::string variables;      // JSON object: those that the state sees
};

// Errors: those of StartExecution, and ValidationException where the event is not the entering of a state.
Task<Result<engine::StartOutcome>> fork(States& states, ForkRequest request);

// The definition with which a fork begins at `state`. Error ValidationException: there is no such state.
Result<std::string> forked_definition(std::string_view definition, std::string_view state, const json::Value& variables,
                                      std::string_view comment);

}  // namespace stepwell::states
