#include "services/apigateway/operations/api_support.h"

namespace stepwell::apigateway {

Task<Result<wire::Reply>> update_api(Gateway& gateway, wire::Call& call) {
  CO_TRY(refuse_members(call, {"apiKeySelectionExpression", "disableSchemaValidation"}));
  CO_TRY(check_cors(object_of(call.input, "corsConfiguration")));
  const auto lock = co_await gateway.apis.changes().lock();
  CO_TRY_ASSIGN(Draft draft, find_draft(gateway, call));
  const json::Value changed = json::pick(call.arena, call.input,
                                         {"corsConfiguration", "description", "disableExecuteApiEndpoint",
                                          "ipAddressType", "name", "routeSelectionExpression", "version"});
  draft.put_api(json::print(with(call.arena, read(call.arena, draft.api().document), changed.members())));
  CO_TRY(quick_update(draft, call));
  CO_TRY(co_await save(draft));
  co_return reply_with(shown(call, show_api(gateway, call.arena, draft.api())));
}

}  // namespace stepwell::apigateway
