#include "services/iam/key_ids.h"
#include "services/iam/operations/support.h"

namespace stepwell::iam {
namespace {

constexpr std::size_t max_roles = 5'000;

}  // namespace

Task<Result<wire::Reply>> create_role(Iam& iam, wire::Call& call) {
  const auto lock = co_await iam.registry.changes().lock();
  Role role;
  role.account = call.caller.account;
  role.name = call.text("RoleName");
  role.path = call.optional_text("Path").value_or("/");
  role.description = call.text("Description");
  role.created = iam.clock.now();
  role.max_session_seconds = static_cast<std::uint32_t>(call.integer("MaxSessionDuration").value_or(3'600));
  role.trust = call.text("AssumeRolePolicyDocument");
  CO_TRY_ASSIGN(role.compiled_trust, compile(role.trust, policy::DocumentKind::trust, max_trust, "ACLSizePerRole"));
  if (iam.registry.is_taken_role(role.account, role.name)) co_return fail(errors::role_exists(role.name));
  if (iam.registry.roles(role.account).size() >= max_roles)
    co_return fail(errors::quota_exceeded("RolesPerAccount", max_roles));
  CO_TRY_ASSIGN(role.boundary, boundary_of(iam, call));
  CO_TRY(add_tags(call, role.tags));
  role.id = make_entity_id(role_id);
  const wire::Reply reply = reply_with(call, "Role", show(call.arena, role));
  CO_TRY(co_await iam.registry.save(std::move(role)));
  co_return reply;
}

}  // namespace stepwell::iam
