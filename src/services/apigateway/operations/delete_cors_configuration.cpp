#include "services/apigateway/operations/support.h"

namespace stepwell::apigateway {

Task<Result<wire::Reply>> delete_cors_configuration(Gateway& gateway, wire::Call& call) {
  const auto lock = co_await gateway.apis.changes().lock();
  CO_TRY_ASSIGN(Draft draft, find_draft(gateway, call));
  const json::Value document = read(call.arena, draft.api().document);
  draft.put_api(json::print(with(call.arena, document, {{"corsConfiguration", json::Value()}})));
  CO_TRY(co_await save(draft));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::apigateway
