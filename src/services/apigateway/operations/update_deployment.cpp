#include "services/apigateway/operations/support.h"

namespace stepwell::apigateway {

Task<Result<wire::Reply>> update_deployment(Gateway& gateway, wire::Call& call) {
  const auto lock = co_await gateway.apis.changes().lock();
  CO_TRY_ASSIGN(Draft draft, find_draft(gateway, call));
  const std::string_view id = call.text("deploymentId");
  const std::string* before = draft.find(Kind::deployment, id);
  if (before == nullptr) co_return fail(part_not_found(Kind::deployment, id));
  const json::Value deployment = updated(call, read(call.arena, *before));
  draft.put(Kind::deployment, id, json::print(deployment));
  CO_TRY(co_await draft.commit());
  co_return reply_with(shown(call, deployment));
}

}  // namespace stepwell::apigateway
