#include "services/directory/actions.h"

#include "services/lambda/model.h"
#include "services/lambda/references.h"

#include <array>

namespace stepwell::lambda {
namespace {

// However the caller names it. What names none is refused by the operation; until then it is nothing that a policy names.
std::string function(const wire::Call& call) {
  const auto named = read_function(call.caller, call.text("FunctionName"), call.text("Qualifier"));
  return named ? named->qualified_arn() : std::string("*");
}

constexpr auto table = std::to_array<directory::Action>({
#define ACTION(operation, action, resource) {#operation, action, resource},
#define PASS_ROLE(operation, member, service) {#operation, "iam:PassRole", "{" member "}", service},
#include "services/lambda/actions.def"
#undef ACTION
#undef PASS_ROLE
});

}  // namespace

std::span<const directory::Action> actions() { return table; }

}  // namespace stepwell::lambda
