#include "services/apigateway/operations/support.h"

namespace stepwell::apigateway {

Task<Result<wire::Reply>> reset_authorizers_cache(Gateway& gateway, wire::Call& call) {
  CO_TRY_ASSIGN(const Api api, find_api(gateway, call));
  CO_TRY_ASSIGN(const auto stage, gateway.apis.part(api.id, Kind::stage, call.text("stageName")));
  if (!stage) co_return fail(part_not_found(Kind::stage, call.text("stageName")));
  gateway.forget_authorizations(api.id);
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::apigateway
