#include "services/lambda/operations/event_config_support.h"

namespace stepwell::lambda {

Task<Result<wire::Reply>> get_function_event_invoke_config(Lambda& lambda, wire::Call& call) {
  CO_TRY_ASSIGN(const NamedFunction named, find_function(lambda, call));
  CO_TRY_ASSIGN(const EventConfig config, find_event_config(lambda, named));
  co_return reply_with(show(call.arena, named, config));
}

}  // namespace stepwell::lambda
