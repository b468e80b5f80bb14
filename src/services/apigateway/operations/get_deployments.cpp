#include "services/apigateway/operations/support.h"

namespace stepwell::apigateway {

Task<Result<wire::Reply>> get_deployments(Gateway& gateway, wire::Call& call) {
  co_return co_await list_parts(gateway, call, Kind::deployment);
}

}  // namespace stepwell::apigateway
