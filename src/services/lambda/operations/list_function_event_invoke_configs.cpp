#include "services/lambda/operations/event_config_support.h"

namespace stepwell::lambda {

Task<Result<wire::Reply>> list_function_event_invoke_configs(Lambda& lambda, wire::Call& call) {
  CO_TRY_ASSIGN(const NamedFunction named, find_function(lambda, call));
  CO_TRY_ASSIGN(const auto config, lambda.event_configs.find(named.reference.arn));
  std::vector<json::Value> shown;
  if (config) shown.push_back(show(call.arena, named, *config));
  co_return reply_with(
      json::ObjectBuilder(call.arena).add("FunctionEventInvokeConfigs", json::make_array(call.arena, shown)).build());
}

}  // namespace stepwell::lambda
