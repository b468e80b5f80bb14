#include "services/apigateway/operations/route_support.h"

namespace stepwell::apigateway {
namespace {

constexpr std::size_t id_length = 7;
constexpr std::size_t max_routes = 300;

}  // namespace

Task<Result<wire::Reply>> create_route(Gateway& gateway, wire::Call& call) {
  CO_TRY(refuse_members(
      call, {"modelSelectionExpression", "requestModels", "requestParameters", "routeResponseSelectionExpression"}));
  const auto lock = co_await gateway.apis.changes().lock();
  CO_TRY_ASSIGN(Draft draft, find_draft(gateway, call));
  const std::string id = draft.new_id(id_length);
  const json::Value route = with_defaults(call.arena, given(call, call.arena),
                                          {{"apiKeyRequired", json::Value::boolean(false)},
                                           {"authorizationType", json::Value::string("NONE")},
                                           {"routeId", json::make_string(call.arena, id)}});
  if (flag_of(route, "apiKeyRequired")) co_return fail(errors::bad_request("API keys are not supported for HTTP APIs"));
  if (draft.count(Kind::route) >= max_routes) {
    co_return fail(errors::make("TooManyRequestsException", "Maximum number of routes for this API has been reached."));
  }
  CO_TRY(check_route(draft, route, id));
  draft.put(Kind::route, id, json::print(route));
  CO_TRY(co_await save(draft));
  co_return reply_with(shown(call, route));
}

}  // namespace stepwell::apigateway
