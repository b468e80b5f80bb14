#include "services/apigateway/integration.h"
#include "services/apigateway/operations/integration_support.h"

namespace stepwell::apigateway {
namespace {

constexpr std::size_t id_length = 7;
constexpr std::size_t max_integrations = 300;

json::Value with_usual(wire::Call& call, std::string_view id) {
  json::Arena& arena = call.arena;
  json::Value made = with_defaults(arena, given(call, arena),
                                   {{"connectionType", json::Value::string("INTERNET")},
                                    {"integrationId", json::make_string(arena, id)},
                                    {"payloadFormatVersion", json::Value::string("1.0")},
                                    {"timeoutInMillis", json::Value::integer(arena, longest_integration)}});
  const bool is_lambda = call.text("integrationType") == "AWS_PROXY" && !call.has("integrationSubtype");
  return is_lambda ? with_defaults(arena, made, {{"integrationMethod", json::Value::string("POST")}}) : made;
}

}  // namespace

Task<Result<wire::Reply>> create_integration(Gateway& gateway, wire::Call& call) {
  const auto lock = co_await gateway.apis.changes().lock();
  CO_TRY_ASSIGN(Draft draft, find_draft(gateway, call));
  const std::string id = draft.new_id(id_length);
  const json::Value integration = with_usual(call, id);
  CO_TRY(check_integration(call, integration));
  if (draft.count(Kind::integration) >= max_integrations) {
    co_return fail(
        errors::make("TooManyRequestsException", "Maximum number of integrations for this API has been reached."));
  }
  draft.put(Kind::integration, id, json::print(integration));
  CO_TRY(co_await save(draft));
  co_return reply_with(shown(call, integration));
}

}  // namespace stepwell::apigateway
