#pragma once
// Whose permissions a task has (spec §1.3, Credentials): those of the state machine's role, or of the role that the
// task names, which the machine's role has to be allowed to assume.

#include "services/states/integration.h"

#include <expected>
#include <string_view>

namespace stepwell::states {

// The caller that the task's calls are made by. Where access is controlled it has the role's session; it is always of
// the role's account. Failure "States.Permissions".
std::expected<wire::Caller, TaskFailure> caller_in_role(const States& states, const engine::RunTask& task,
                                                        wire::Caller caller);

// Whether Step Functions may assume the role of a machine. Error AccessDeniedException.
Result<void> check_assumable(const States& states, std::string_view role_arn, std::string_view machine_arn);

}  // namespace stepwell::states
