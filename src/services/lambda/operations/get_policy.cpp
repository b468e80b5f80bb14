#include "services/lambda/operations/support.h"

namespace stepwell::lambda {

Task<Result<wire::Reply>> get_policy(Lambda& lambda, wire::Call& call) {
  CO_TRY_ASSIGN(const FunctionReference reference,
                read_function(call.caller, call.text("FunctionName"), call.text("Qualifier")));
  CO_TRY_ASSIGN(const FunctionPtr function, lambda.functions.find(reference.arn));
  if (function == nullptr) co_return fail(errors::function_not_found(reference.arn));
  if (!reference.qualifier.empty() || function->policy.empty()) co_return fail(errors::not_there());
  co_return reply_with(
      json::ObjectBuilder(call.arena).add("Policy", function->policy).add("RevisionId", function->revision_id).build());
}

}  // namespace stepwell::lambda
