#include "services/lambda/operations/event_config_support.h"

namespace stepwell::lambda {

Task<Result<wire::Reply>> delete_function_event_invoke_config(Lambda& lambda, wire::Call& call) {
  const auto lock = co_await lambda.functions.changes().lock();
  CO_TRY_ASSIGN(const NamedFunction named, find_function(lambda, call));
  CO_TRY(find_event_config(lambda, named));
  CO_TRY(co_await lambda.event_configs.remove(named.reference.arn));
  co_return reply_with_status(call, 204);
}

}  // namespace stepwell::lambda
