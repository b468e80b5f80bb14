#include "services/iam/operations/support.h"

namespace stepwell::iam {

Task<Result<wire::Reply>> update_role(Iam& iam, wire::Call& call) {
  const auto lock = co_await iam.registry.changes().lock();
  CO_TRY_ASSIGN(const auto known, find_role(iam, call));
  Role role = *known;
  if (call.has("Description")) role.description = call.text("Description");
  if (const auto seconds = call.integer("MaxSessionDuration")) {
    role.max_session_seconds = static_cast<std::uint32_t>(*seconds);
  }
  CO_TRY(co_await iam.registry.save(std::move(role)));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::iam
