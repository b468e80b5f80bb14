#include "services/apigateway/authorizer.h"
#include "services/apigateway/operations/support.h"

namespace stepwell::apigateway {

Task<Result<wire::Reply>> update_authorizer(Gateway& gateway, wire::Call& call) {
  CO_TRY(refuse_members(call, {"identityValidationExpression"}));
  const auto lock = co_await gateway.apis.changes().lock();
  CO_TRY_ASSIGN(Draft draft, find_draft(gateway, call));
  const std::string_view id = call.text("authorizerId");
  const std::string* before = draft.find(Kind::authorizer, id);
  if (before == nullptr) co_return fail(part_not_found(Kind::authorizer, id));
  const json::Value authorizer = updated(call, read(call.arena, *before));
  CO_TRY(Authorizer::read(authorizer));
  draft.put(Kind::authorizer, id, json::print(authorizer));
  CO_TRY(co_await save(draft));
  co_return reply_with(shown(call, authorizer));
}

}  // namespace stepwell::apigateway
