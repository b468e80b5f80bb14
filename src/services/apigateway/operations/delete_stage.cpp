#include "services/apigateway/operations/support.h"

namespace stepwell::apigateway {

Task<Result<wire::Reply>> delete_stage(Gateway& gateway, wire::Call& call) {
  const auto lock = co_await gateway.apis.changes().lock();
  CO_TRY_ASSIGN(Draft draft, find_draft(gateway, call));
  const std::string_view name = call.text("stageName");
  if (draft.find(Kind::stage, name) == nullptr) co_return fail(part_not_found(Kind::stage, name));
  draft.erase(Kind::stage, name);
  CO_TRY(co_await draft.commit());
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::apigateway
