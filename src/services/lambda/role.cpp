#include "services/lambda/role.h"

#include "services/lambda/errors.h"

namespace stepwell::lambda {
namespace {

constexpr std::chrono::days longest_process{365};

}  // namespace

Result<directory::PrincipalPtr> role_session(directory::AccessControl& access, const FunctionRecord& function) {
  return access.assume_for("lambda.amazonaws.com",
                           {.role_arn = function.role, .session_name = function.name, .source_arn = function.arn});
}

Result<directory::Credentials> role_credentials(directory::AccessControl& access, const FunctionRecord& function) {
  const auto session = role_session(access, function);
  if (session) return access.issue(**session, longest_process);
  Error refusal = errors::make("AccessDeniedException", std::string(errors::role_not_assumable));
  refusal.status = 403;
  return fail(std::move(refusal));
}

Result<void> check_assumable(directory::AccessControl* access, const FunctionRecord& function) {
  if (access == nullptr || !access->enforces() || role_session(*access, function)) return {};
  return fail(errors::invalid_parameter(std::string(errors::role_not_assumable)));
}

}  // namespace stepwell::lambda
