#include "services/apigateway/authorizer.h"
#include "services/apigateway/operations/support.h"

namespace stepwell::apigateway {
namespace {

constexpr std::size_t id_length = 6;
constexpr std::size_t max_authorizers = 10;

}  // namespace

Task<Result<wire::Reply>> create_authorizer(Gateway& gateway, wire::Call& call) {
  CO_TRY(refuse_members(call, {"identityValidationExpression"}));
  const auto lock = co_await gateway.apis.changes().lock();
  CO_TRY_ASSIGN(Draft draft, find_draft(gateway, call));
  const std::string id = draft.new_id(id_length);
  const json::Value authorizer =
      with(call.arena, given(call, call.arena), {{"authorizerId", json::make_string(call.arena, id)}});
  CO_TRY(Authorizer::read(authorizer));
  if (draft.count(Kind::authorizer) >= max_authorizers) {
    co_return fail(
        errors::make("TooManyRequestsException", "Maximum number of authorizers for this API has been reached."));
  }
  draft.put(Kind::authorizer, id, json::print(authorizer));
  CO_TRY(co_await save(draft));
  co_return reply_with(shown(call, authorizer));
}

}  // namespace stepwell::apigateway
