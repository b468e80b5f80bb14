#include "lang/json/print.h"
#include "services/lambda/operations/permission_support.h"
#include "services/lambda/policy_document.h"

namespace stepwell::lambda {

Task<Result<wire::Reply>> add_permission(Lambda& lambda, wire::Call& call) {
  CO_TRY_ASSIGN(const FunctionReference reference,
                read_function(call.caller, call.text("FunctionName"), call.text("Qualifier")));
  if (reference.qualifier == latest) {
    co_return fail(errors::invalid_parameter("We currently do not support adding policies for $LATEST."));
  }
  const auto lock = co_await lambda.functions.changes().lock();
  CO_TRY_ASSIGN(const FunctionPtr function, lambda.functions.find(reference.arn));
  if (function == nullptr) co_return fail(errors::function_not_found(reference.arn));
  CO_TRY(check_unqualified(reference));
  CO_TRY(check_revision(call, *function, "GetPolicy"));
  CO_TRY_ASSIGN(const json::Value statement, new_statement(call, reference.arn));
  CO_TRY_ASSIGN(std::string policy, with_statement(function->policy, statement));
  CO_TRY(co_await save_policy(lambda, *function, std::move(policy)));
  co_return reply_with(json::ObjectBuilder(call.arena).add("Statement", json::print(statement)).build());
}

}  // namespace stepwell::lambda
