#include "services/directory/actions.h"

#include "services/states/model.h"

#include <array>

namespace stepwell::states {
namespace {

// An alias belongs to the machine whose versions it leads to.
std::string routed_machine(const wire::Call& call) {
  const json::Value* routes = call.member("routingConfiguration");
  const json::Value* version =
      routes == nullptr || routes->size() == 0 ? nullptr : routes->elements().front().find("stateMachineVersionArn");
  if (version == nullptr || !version->is_string()) return "*";
  const std::string_view arn = version->as_string();
  return std::string(arn.substr(0, arn.rfind(':')));
}

// Executions of a machine, or those of a distributed map.
std::string listed_parent(const wire::Call& call) {
  return std::string(call.has("mapRunArn") ? call.text("mapRunArn") : call.text("stateMachineArn"));
}

constexpr auto table = std::to_array<directory::Action>({
#define ACTION(operation, action, resource) {#operation, action, resource},
#include "services/states/actions.def"
#undef ACTION
});

constexpr auto passed_roles = std::to_array<directory::PassedRole>({
#define PASS_ROLE(operation, member, service) {#operation, member, service},
#include "services/states/passed_roles.def"
#undef PASS_ROLE
});

}  // namespace

directory::Actions actions() { return {.actions = table, .passed_roles = passed_roles}; }

}  // namespace stepwell::states
