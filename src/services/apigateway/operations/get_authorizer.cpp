#include "services/apigateway/operations/support.h"

namespace stepwell::apigateway {

Task<Result<wire::Reply>> get_authorizer(Gateway& gateway, wire::Call& call) {
  co_return co_await get_part(gateway, call, Kind::authorizer);
}

}  // namespace stepwell::apigateway
