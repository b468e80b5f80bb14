#include "services/states/task_role.h"

#include "crypto/hash.h"
#include "services/states/errors.h"
#include "wire/arn.h"

namespace stepwell::states {
namespace {

constexpr std::string_view service = "states.amazonaws.com";
constexpr std::size_t session_name_size = 32;

// Letters, as AWS names the sessions of an execution; the same for all of its tasks.
std::string session_name(std::string_view execution_arn) {
  std::string name = crypto::digest(crypto::Digest::sha256, execution_arn).substr(0, session_name_size);
  for (char& c : name) {
    const auto letter = static_cast<unsigned char>(c) % 52;
    c = static_cast<char>(letter < 26 ? 'A' + letter : 'a' + letter - 26);
  }
  return name;
}

std::unexpected<TaskFailure> not_permitted(std::string cause) {
  return std::unexpected(TaskFailure{"States.Permissions", std::move(cause)});
}

}  // namespace

std::expected<wire::Caller, TaskFailure> caller_in_role(const States& states, const engine::RunTask& task,
                                                        wire::Caller caller) {
  if (const auto arn = wire::Arn::parse(task.role_arn); arn && !arn->account.empty()) caller.account = arn->account;
  if (!states.directory.is_enforced()) return caller;
  directory::AccessControl& access = *states.directory.access();
  const std::string machine_role = task.revision == nullptr ? std::string() : task.revision->role_arn;
  directory::RoleRequest request{.role_arn = machine_role,
                                 .session_name = session_name(task.execution_arn),
                                 .source_arn = task.revision == nullptr ? std::string() : task.revision->machine_arn};
  auto session = access.assume_for(service, request);
  if (!session) return not_permitted(std::string(errors::role_not_assumable().message));
  caller.principal = std::move(*session);
  if (task.role_arn.empty()) return caller;
  request.role_arn = task.role_arn;
  request.external_id = request.source_arn;
  request.source_arn.clear();
  auto other = access.assume(caller, request);
  if (!other) {
    return not_permitted(
        fmt::format("The role {} is not authorized to assume the task state's role, {}.", machine_role, task.role_arn));
  }
  caller.principal = std::move(*other);
  return caller;
}

Result<void> check_assumable(const States& states, std::string_view role_arn, std::string_view machine_arn) {
  if (!states.directory.is_enforced()) return {};
  const auto session = states.directory.access()->assume_for(
      service, {.role_arn = std::string(role_arn), .session_name = "check", .source_arn = std::string(machine_arn)});
  if (!session) return fail(errors::role_not_assumable());
  return {};
}

}  // namespace stepwell::states
