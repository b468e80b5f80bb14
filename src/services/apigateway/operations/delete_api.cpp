#include "services/apigateway/operations/support.h"

namespace stepwell::apigateway {

Task<Result<wire::Reply>> delete_api(Gateway& gateway, wire::Call& call) {
  const auto lock = co_await gateway.apis.changes().lock();
  CO_TRY_ASSIGN(const Api api, find_api(gateway, call));
  store::Batch batch;
  Apis::erase(api, batch);
  CO_TRY(co_await gateway.apis.commit(api.id, std::move(batch)));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::apigateway
