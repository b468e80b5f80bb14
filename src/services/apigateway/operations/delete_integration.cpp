#include "services/apigateway/operations/route_support.h"

namespace stepwell::apigateway {

Task<Result<wire::Reply>> delete_integration(Gateway& gateway, wire::Call& call) {
  const auto lock = co_await gateway.apis.changes().lock();
  CO_TRY_ASSIGN(Draft draft, find_draft(gateway, call));
  const std::string_view id = call.text("integrationId");
  if (draft.find(Kind::integration, id) == nullptr) co_return fail(part_not_found(Kind::integration, id));
  for (const auto& [place, document] : draft.parts()) {
    if (place.first == Kind::route && integration_of(read(call.arena, document)) == id) {
      co_return fail(errors::conflict(
          fmt::format("Cannot delete Integration '{}' because it is referenced by Route '{}'.", id, place.second)));
    }
  }
  draft.erase(Kind::integration, id);
  CO_TRY(co_await save(draft));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::apigateway
