#include "services/lambda/operations/support.h"
#include "services/lambda/role.h"

namespace stepwell::lambda {

// Processes of the configuration before end with what they are doing.
Task<Result<wire::Reply>> update_function_configuration(Lambda& lambda, wire::Call& call) {
  const auto lock = co_await lambda.functions.changes().lock();
  CO_TRY_ASSIGN(const FunctionPtr before, function_to_change(lambda, call));
  FunctionRecord function = *before;
  CO_TRY(apply_settings(call, function));
  if (call.has("Role")) CO_TRY(check_assumable(lambda.access, function));
  mark_changed(lambda, function);
  const json::Value output = show_function(call.arena, function, function.arn).build();
  CO_TRY(co_await lambda.functions.save(std::move(function)));
  lambda.runner.retire(before->arn);
  co_return reply_with(output);
}

}  // namespace stepwell::lambda
