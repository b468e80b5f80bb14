#pragma once
// How work inside a workflow fails: an error name that Retry and Catch match, and a cause for people (spec §1.7).

#include <expected>
#include <optional>
#include <string>

namespace stepwell::asl {

struct Failure {
  std::optional<std::string> error;  // absent only for a Fail state without Error
  std::optional<std::string> cause;
  // The engine puts "An error occurred while executing the state 'S' (entered at the event id #n). " before the cause
  // of a failure of the state machine itself; what tasks and Fail states report is passed on as it is.
  bool framed = false;
  std::string location;  // of a failed evaluation: the field at fault ("Output/a"), where there is one
  // Whether the state had begun its work: what fails before, its expressions on the way in, fails as if the state had
  // not been entered yet.
  bool at_work = false;

  bool is(std::string_view name) const { return error && *error == name; }
};

namespace errors {
inline constexpr std::string_view all = "States.ALL";
inline constexpr std::string_view branch_failed = "States.BranchFailed";
inline constexpr std::string_view data_limit_exceeded = "States.DataLimitExceeded";
inline constexpr std::string_view exceed_tolerated_failure_threshold = "States.ExceedToleratedFailureThreshold";
inline constexpr std::string_view heartbeat_timeout = "States.HeartbeatTimeout";
inline constexpr std::string_view intrinsic_failure = "States.IntrinsicFailure";
inline constexpr std::string_view no_choice_matched = "States.NoChoiceMatched";
inline constexpr std::string_view parameter_path_failure = "States.ParameterPathFailure";
inline constexpr std::string_view permissions = "States.Permissions";
inline constexpr std::string_view query_evaluation_error = "States.QueryEvaluationError";
inline constexpr std::string_view reference_path_conflict = "States.ReferencePathConflict";
inline constexpr std::string_view result_path_match_failure = "States.ResultPathMatchFailure";
inline constexpr std::string_view runtime = "States.Runtime";
inline constexpr std::string_view task_failed = "States.TaskFailed";
inline constexpr std::string_view timeout = "States.Timeout";
}  // namespace errors

// A failure of the state machine itself, framed.
inline Failure state_failure(std::string_view error, std::string cause) {
  return {.error = std::string(error), .cause = std::move(cause), .framed = true, .location = {}};
}
inline Failure runtime_failure(std::string cause) { return state_failure(errors::runtime, std::move(cause)); }

template <typename T>
using Evaluated = std::expected<T, Failure>;

// What is evaluated when the work of a state is done.
template <typename T>
Evaluated<T> at_work(Evaluated<T> evaluated) {
  if (!evaluated) evaluated.error().at_work = true;
  return evaluated;
}

}  // namespace stepwell::asl
