#include "services/lambda/operations/permission_support.h"
#include "services/lambda/policy_document.h"

namespace stepwell::lambda {
namespace {

Error no_policy(std::string message) { return errors::make("ResourceNotFoundException", std::move(message)); }

}  // namespace

Task<Result<wire::Reply>> remove_permission(Lambda& lambda, wire::Call& call) {
  CO_TRY_ASSIGN(const FunctionReference reference,
                read_function(call.caller, call.text("FunctionName"), call.text("Qualifier")));
  const auto lock = co_await lambda.functions.changes().lock();
  CO_TRY_ASSIGN(const FunctionPtr function, lambda.functions.find(reference.arn));
  if (function == nullptr) co_return fail(no_policy(fmt::format("No policy found for: {}", reference.arn)));
  const bool is_latest = reference.qualifier == latest;
  if (!is_latest) CO_TRY(check_unqualified(reference));
  if (is_latest || function->policy.empty()) {
    co_return fail(no_policy("No policy is associated with the given resource."));
  }
  CO_TRY_ASSIGN(std::string policy, without_statement(function->policy, call.text("StatementId")));
  CO_TRY(check_revision(call, *function, "GetFunction/GetAlias"));
  CO_TRY(co_await save_policy(lambda, *function, std::move(policy)));
  co_return reply_with_status(call, 204);
}

}  // namespace stepwell::lambda
