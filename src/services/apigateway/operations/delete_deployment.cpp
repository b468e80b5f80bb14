#include "services/apigateway/operations/support.h"

namespace stepwell::apigateway {

Task<Result<wire::Reply>> delete_deployment(Gateway& gateway, wire::Call& call) {
  const auto lock = co_await gateway.apis.changes().lock();
  CO_TRY_ASSIGN(Draft draft, find_draft(gateway, call));
  const std::string_view id = call.text("deploymentId");
  if (draft.find(Kind::deployment, id) == nullptr) co_return fail(part_not_found(Kind::deployment, id));
  for (const auto& [place, document] : draft.parts()) {
    if (place.first == Kind::stage && text_of(read(call.arena, document), "deploymentId") == id) {
      co_return fail(errors::bad_request("Active stages pointing to this deployment must be moved or deleted"));
    }
  }
  draft.erase(Kind::deployment, id);
  CO_TRY(co_await draft.commit());
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::apigateway
