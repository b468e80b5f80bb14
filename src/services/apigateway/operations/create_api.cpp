#include "services/apigateway/operations/api_support.h"

namespace stepwell::apigateway {
namespace {

constexpr std::size_t id_length = 10;

Result<void> check(const wire::Call& call) {
  if (call.text("protocolType") != "HTTP") return fail(errors::not_implemented("The protocol WEBSOCKET"));
  TRY(refuse_members(call, {"apiKeySelectionExpression", "disableSchemaValidation"}));
  if (call.has("routeKey") && !call.has("target")) {
    return fail(errors::bad_request("A target must be specified when a routeKey is specified"));
  }
  return check_cors(object_of(call.input, "corsConfiguration"));
}

json::Value document_of(wire::Call& call, const Draft& draft) {
  json::Arena& arena = call.arena;
  const json::Value document =
      json::pick(arena, call.input,
                 {"corsConfiguration", "description", "disableExecuteApiEndpoint", "ipAddressType", "name",
                  "protocolType", "routeSelectionExpression", "tags", "version"});
  return with_defaults(arena, document,
                       {{"apiKeySelectionExpression", json::Value::string("$request.header.x-api-key")},
                        {"createdDate", json::make_string(arena, draft.now())},
                        {"disableExecuteApiEndpoint", json::Value::boolean(false)},
                        {"ipAddressType", json::Value::string("ipv4")},
                        {"routeSelectionExpression", json::Value::string("$request.method $request.path")},
                        {"tags", json::ObjectBuilder(arena).build()}});
}

}  // namespace

Task<Result<wire::Reply>> create_api(Gateway& gateway, wire::Call& call) {
  CO_TRY(check(call));
  const auto lock = co_await gateway.apis.changes().lock();
  Draft ids(gateway.draft_ports(), {});
  Draft draft(
      gateway.draft_ports(),
      {.id = ids.new_id(id_length), .account = call.caller.account, .region = call.caller.region, .document = {}});
  draft.put_api(json::print(document_of(call, draft)));
  if (call.has("target")) CO_TRY(quick_create(draft, call));
  CO_TRY(co_await save(draft));
  co_return reply_with(shown(call, show_api(gateway, call.arena, draft.api())));
}

}  // namespace stepwell::apigateway
