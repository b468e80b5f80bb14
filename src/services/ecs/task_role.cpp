#include "services/ecs/task_role.h"

#include "lang/json/documents.h"
#include "services/ecs/errors.h"
#include "services/ecs/show.h"

namespace stepwell::ecs {
namespace {

constexpr std::chrono::days longest_task{365};

bool enforces(const directory::AccessControl* access) { return access != nullptr && access->enforces(); }

Result<directory::PrincipalPtr> session(directory::AccessControl& access, std::string_view role,
                                        const std::string& name) {
  auto principal = access.assume_for("ecs-tasks.amazonaws.com", {.role_arn = std::string(role), .session_name = name});
  if (principal) return principal;
  return fail(errors::client(fmt::format(
      "ECS was unable to assume the role '{}' that was provided for this task. Please verify that the role being "
      "passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this "
      "role.",
      role)));
}

std::string role_of(const TaskRecord& task, std::string_view which) {
  json::Arena arena;
  return std::string(json::text_of(read(arena, task.plan), which));
}

}  // namespace

Result<Environment> environment_of(const TaskRecord& task, const Surroundings& surroundings) {
  const std::string& region = task.place.cluster.home.region;
  json::Arena arena;
  const std::string launch_type(json::text_of(read(arena, task.shown), "launchType"));
  Environment environment = {
      {"AWS_DEFAULT_REGION", region}, {"AWS_EXECUTION_ENV", "AWS_ECS_" + launch_type}, {"AWS_REGION", region}};
  if (!surroundings.endpoint_url.empty()) environment.emplace_back("AWS_ENDPOINT_URL", surroundings.endpoint_url);
  if (!enforces(surroundings.access)) {
    environment.emplace_back("AWS_ACCESS_KEY_ID", surroundings.access_key);
    environment.emplace_back("AWS_SECRET_ACCESS_KEY", surroundings.secret_key);
    return environment;
  }
  const std::string role = role_of(task, "taskRoleArn");
  if (role.empty()) return environment;  // as on AWS, it may do nothing then
  TRY_ASSIGN(const auto principal, session(*surroundings.access, role, task.place.id));
  directory::Credentials keys = surroundings.access->issue(*principal, longest_task);
  environment.emplace_back("AWS_ACCESS_KEY_ID", std::move(keys.access_key));
  environment.emplace_back("AWS_SECRET_ACCESS_KEY", std::move(keys.secret_key));
  environment.emplace_back("AWS_SESSION_TOKEN", std::move(keys.session_token));
  return environment;
}

Result<void> check_roles(const json::Value& plan, directory::AccessControl* access) {
  if (!enforces(access)) return {};
  for (const std::string_view which : {"taskRoleArn", "executionRoleArn"}) {
    const std::string_view role = json::text_of(plan, which);
    if (!role.empty()) TRY(session(*access, role, "ecs"));
  }
  return {};
}

Result<directory::PrincipalPtr> log_principal(const TaskRecord& task, directory::AccessControl* access) {
  const std::string role = enforces(access) ? role_of(task, "executionRoleArn") : std::string();
  if (role.empty()) return nullptr;
  return session(*access, role, task.place.id);
}

}  // namespace stepwell::ecs
