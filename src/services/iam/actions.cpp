#include "services/directory/actions.h"

#include "services/iam/model.h"

#include <array>

#include <fmt/format.h>

namespace stepwell::iam {
namespace {

std::string created(const wire::Call& call, std::string_view type, std::string_view name) {
  return fmt::format("arn:aws:iam::{}:{}{}{}", call.caller.account, type, call.optional_text("Path").value_or("/"),
                     call.text(name));
}

std::string created_policy(const wire::Call& call) { return created(call, "policy", "PolicyName"); }
std::string created_role(const wire::Call& call) { return created(call, "role", "RoleName"); }
std::string created_user(const wire::Call& call) { return created(call, "user", "UserName"); }

constexpr auto table = std::to_array<directory::Action>({
#define ACTION(operation, action, resource) {#operation, action, resource},
#include "services/iam/actions.def"
#undef ACTION
});

}  // namespace

directory::Actions actions() { return {.actions = table}; }

}  // namespace stepwell::iam
