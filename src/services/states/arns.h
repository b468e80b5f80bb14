#pragma once
// The ARNs of Step Functions (spec §2): building them, and reading those that callers send.

#include "base/error.h"
#include "services/states/machine_records.h"
#include "wire/call.h"

#include <optional>
#include <string>
#include <string_view>

namespace stepwell::states {

std::string machine_arn(const wire::Caller& caller, std::string_view name);
std::string version_arn(std::string_view machine_arn, VersionNumber number);
std::string alias_arn(std::string_view machine_arn, std::string_view name);
std::string activity_arn(const wire::Caller& caller, std::string_view name);

// Errors: InvalidArn in AWS's words.
//   stateMachine:<name>, with :<version or alias> behind it where the caller gave one
struct MachineReference {
  std::string arn;        // without qualifier
  std::string qualifier;  // version number or alias; empty: the latest revision

  // 0: the qualifier is none.
  VersionNumber version() const;
  // The name of an alias; empty: the qualifier is none.
  std::string_view alias() const { return version() == 0 ? std::string_view(qualifier) : std::string_view{}; }
  // stateMachine:<name>/<label>, a distributed map of the machine
  bool is_labelled() const { return arn.contains('/'); }
};
Result<MachineReference> read_machine_arn(std::string_view text);

//   execution:<machine>:<name>
struct ExecutionReference {
  std::string machine_arn;
  std::string name;
};
Result<ExecutionReference> read_execution_arn(std::string_view text);

//   mapRun:<machine>/<label>:<id>
Result<void> check_map_run_arn(std::string_view text);

Result<void> check_activity_arn(std::string_view text);
Result<void> check_role_arn(std::string_view text);

// Names of machines, executions and activities: up to 80 characters, none of those that AWS forbids. Error InvalidName.
Result<void> check_name(std::string_view name);

}  // namespace stepwell::states
