#include "services/directory/actions.h"

#include "services/batch/model.h"
#include "services/batch/place.h"

#include <array>

#include <fmt/format.h>

namespace stepwell::batch {
namespace {

// A thing that the call names by its name or its ARN.
std::string named(const wire::Call& call, std::string_view kind, std::string_view member) {
  const std::string_view name = call.text(member);
  if (name.starts_with("arn:")) return std::string(name);
  return fmt::format("arn:aws:batch:{}:{}:{}/{}", call.caller.region, call.caller.account, kind, name);
}

std::string environment(const wire::Call& call) { return named(call, "compute-environment", "computeEnvironment"); }
std::string queue(const wire::Call& call) { return named(call, "job-queue", "jobQueue"); }
std::string definition(const wire::Call& call) { return named(call, "job-definition", "jobDefinition"); }

constexpr auto action_table = std::to_array<directory::Action>({
#define ACTION(operation, action, resource) {#operation, action, resource},
#include "services/batch/actions.def"
#undef ACTION
});

constexpr auto role_table = std::to_array<directory::PassedRole>({
#define PASS_ROLE(operation, member, service) {#operation, member, service},
#include "services/batch/passed_roles.def"
#undef PASS_ROLE
});

}  // namespace

directory::Actions actions() { return {.actions = action_table, .passed_roles = role_table}; }

}  // namespace stepwell::batch
