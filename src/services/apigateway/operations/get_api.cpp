#include "services/apigateway/operations/api_support.h"

namespace stepwell::apigateway {

Task<Result<wire::Reply>> get_api(Gateway& gateway, wire::Call& call) {
  CO_TRY_ASSIGN(const Api api, find_api(gateway, call));
  co_return reply_with(shown(call, show_api(gateway, call.arena, api)));
}

}  // namespace stepwell::apigateway
