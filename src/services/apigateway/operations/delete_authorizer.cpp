#include "services/apigateway/operations/support.h"

namespace stepwell::apigateway {

Task<Result<wire::Reply>> delete_authorizer(Gateway& gateway, wire::Call& call) {
  const auto lock = co_await gateway.apis.changes().lock();
  CO_TRY_ASSIGN(Draft draft, find_draft(gateway, call));
  const std::string_view id = call.text("authorizerId");
  if (draft.find(Kind::authorizer, id) == nullptr) co_return fail(part_not_found(Kind::authorizer, id));
  for (const auto& [place, document] : draft.parts()) {
    if (place.first == Kind::route && text_of(read(call.arena, document), "authorizerId") == id) {
      co_return fail(errors::conflict(fmt::format("Cannot delete authorizer '{}', is referenced by route: {}", id,
                                                  text_of(read(call.arena, document), "routeKey"))));
    }
  }
  draft.erase(Kind::authorizer, id);
  CO_TRY(co_await save(draft));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::apigateway
