#include "services/lambda/operations/support.h"

namespace stepwell::lambda {

Task<Result<wire::Reply>> delete_function(Lambda& lambda, wire::Call& call) {
  CO_TRY_ASSIGN(const FunctionReference reference,
                read_function(call.caller, call.text("FunctionName"), call.text("Qualifier")));
  if (reference.qualifier == latest) {
    co_return fail(errors::invalid_parameter("$LATEST version cannot be deleted without deleting the function."));
  }
  const auto lock = co_await lambda.functions.changes().lock();
  CO_TRY_ASSIGN(const FunctionPtr function, lambda.functions.find(reference.arn));
  if (function == nullptr || !reference.qualifier.empty()) {
    co_return fail(errors::function_not_found(reference.qualified_arn()));
  }
  CO_TRY(co_await lambda.functions.remove(reference.arn));
  lambda.code.forget(reference.arn);
  lambda.runner.retire(reference.arn);
  co_return reply_with_status(call, 204);
}

}  // namespace stepwell::lambda
