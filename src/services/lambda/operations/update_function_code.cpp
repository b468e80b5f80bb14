#include "services/lambda/operations/support.h"

namespace stepwell::lambda {

// Processes of the code before end with what they are doing.
Task<Result<wire::Reply>> update_function_code(Lambda& lambda, wire::Call& call) {
  CO_TRY_ASSIGN(const FunctionPtr named, function_to_change(lambda, call));
  CO_TRY_ASSIGN(Upload upload, co_await receive_code(lambda, named->name, call.input));
  const auto lock = co_await lambda.functions.changes().lock();
  // The function may have changed while its code was looked at.
  CO_TRY_ASSIGN(const FunctionPtr before, function_to_change(lambda, call));
  FunctionRecord function = *before;
  function.code_digest = upload.digest;
  function.code_bytes = upload.package.size();
  CO_TRY(apply_settings(call, function));
  if (!call.flag("DryRun")) mark_changed(lambda, function);
  const json::Value output = show_function(call.arena, function, function.arn).build();
  if (call.flag("DryRun")) co_return reply_with(output);
  CO_TRY(co_await lambda.functions.save_with_code(std::move(function), std::move(upload.package)));
  lambda.code.keep(before->arn, upload);
  lambda.runner.retire(before->arn);
  co_return reply_with(output);
}

}  // namespace stepwell::lambda
