#include "services/lambda/operations/event_config_support.h"

namespace stepwell::lambda {

Task<Result<wire::Reply>> put_function_event_invoke_config(Lambda& lambda, wire::Call& call) {
  const auto lock = co_await lambda.functions.changes().lock();
  CO_TRY_ASSIGN(const NamedFunction named, find_function(lambda, call));
  EventConfig config;
  CO_TRY(apply_event_config(call, config));
  config.modified = lambda.clock.now();
  CO_TRY(co_await lambda.event_configs.save(named.reference.arn, config));
  co_return reply_with(show(call.arena, named, config));
}

}  // namespace stepwell::lambda
