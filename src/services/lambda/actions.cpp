#include "services/directory/actions.h"

#include "services/lambda/model.h"
#include "services/lambda/references.h"

#include <array>

namespace stepwell::lambda {
namespace {

// However the caller names it. What names none is refused by the operation; until then it is nothing that a policy
// names.
std::string function(const wire::Call& call) {
  const auto named = read_function(call.caller, call.text("FunctionName"), call.text("Qualifier"));
  return named ? named->qualified_arn() : std::string("*");
}

constexpr auto table = std::to_array<directory::Action>({
#define ACTION(operation, action, resource) {#operation, action, resource},
#include "services/lambda/actions.def"
#undef ACTION
});

constexpr auto passed_roles = std::to_array<directory::PassedRole>({
#define PASS_ROLE(operation, member, service) {#operation, member, service},
#include "services/lambda/passed_roles.def"
#undef PASS_ROLE
});

}  // namespace

directory::Actions actions() { return {.actions = table, .passed_roles = passed_roles}; }

}  // namespace stepwell::lambda
