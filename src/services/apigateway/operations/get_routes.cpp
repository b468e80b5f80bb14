#include "services/apigateway/operations/support.h"

namespace stepwell::apigateway {

Task<Result<wire::Reply>> get_routes(Gateway& gateway, wire::Call& call) {
  co_return co_await list_parts(gateway, call, Kind::route);
}

}  // namespace stepwell::apigateway
