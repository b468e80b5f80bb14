#include "services/apigateway/operations/route_support.h"

namespace stepwell::apigateway {

Task<Result<wire::Reply>> update_route(Gateway& gateway, wire::Call& call) {
  CO_TRY(refuse_members(
      call, {"modelSelectionExpression", "requestModels", "requestParameters", "routeResponseSelectionExpression"}));
  const auto lock = co_await gateway.apis.changes().lock();
  CO_TRY_ASSIGN(Draft draft, find_draft(gateway, call));
  const std::string_view id = call.text("routeId");
  const std::string* before = draft.find(Kind::route, id);
  if (before == nullptr) co_return fail(part_not_found(Kind::route, id));
  json::Value route = updated(call, read(call.arena, *before));
  const std::string_view type = text_of(route, "authorizationType");
  if (type == "NONE" || type == "AWS_IAM") {
    route = with(call.arena, route, {{"authorizationScopes", json::Value()}, {"authorizerId", json::Value()}});
  }
  CO_TRY(check_route(draft, route, id));
  draft.put(Kind::route, id, json::print(route));
  CO_TRY(co_await save(draft));
  co_return reply_with(shown(call, route));
}

}  // namespace stepwell::apigateway
