#include "services/apigateway/operations/integration_support.h"

namespace stepwell::apigateway {

Task<Result<wire::Reply>> update_integration(Gateway& gateway, wire::Call& call) {
  const auto lock = co_await gateway.apis.changes().lock();
  CO_TRY_ASSIGN(Draft draft, find_draft(gateway, call));
  const std::string_view id = call.text("integrationId");
  const std::string* before = draft.find(Kind::integration, id);
  if (before == nullptr) co_return fail(part_not_found(Kind::integration, id));
  const json::Value integration = updated(call, read(call.arena, *before), {"requestParameters", "responseParameters"});
  CO_TRY(check_integration(call, integration));
  draft.put(Kind::integration, id, json::print(integration));
  CO_TRY(co_await save(draft));
  co_return reply_with(shown(call, integration));
}

}  // namespace stepwell::apigateway
