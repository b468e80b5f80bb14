#include "services/apigateway/operations/support.h"

namespace stepwell::apigateway {

Task<Result<wire::Reply>> delete_route(Gateway& gateway, wire::Call& call) {
  const auto lock = co_await gateway.apis.changes().lock();
  CO_TRY_ASSIGN(Draft draft, find_draft(gateway, call));
  const std::string_view id = call.text("routeId");
  if (draft.find(Kind::route, id) == nullptr) co_return fail(part_not_found(Kind::route, id));
  draft.erase(Kind::route, id);
  CO_TRY(co_await save(draft));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::apigateway
