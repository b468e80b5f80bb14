#include "lang/json/print.h"
#include "services/lambda/operations/support.h"
#include "services/lambda/role.h"

namespace stepwell::lambda {
namespace {

Result<FunctionRecord> read_new_function(const wire::Call& call) {
  TRY_ASSIGN(const FunctionReference reference, read_function(call.caller, call.text("FunctionName")));
  FunctionRecord function;
  function.arn = reference.arn;
  function.name = reference.name;
  TRY(apply_settings(call, function));
  if (function.runtime.empty() || function.handler.empty()) {
    return fail(errors::invalid_parameter(
        "Runtime and Handler are mandatory parameters for functions created with deployment packages."));
  }
  const json::Value* tags = call.member("Tags");
  function.tags = tags == nullptr ? "{}" : json::print(*tags);
  return function;
}

}  // namespace

Task<Result<wire::Reply>> create_function(Lambda& lambda, wire::Call& call) {
  CO_TRY_ASSIGN(FunctionRecord function, read_new_function(call));
  CO_TRY(check_assumable(lambda.access, function));
  CO_TRY_ASSIGN(Upload upload, co_await receive_code(lambda, function.name, *call.member("Code")));
  function.code_digest = upload.digest;
  function.code_bytes = upload.package.size();
  mark_changed(lambda, function);
  const auto lock = co_await lambda.functions.changes().lock();
  CO_TRY_ASSIGN(const FunctionPtr existing, lambda.functions.find(function.arn));
  if (existing) co_return fail(errors::function_exists(function.name));
  const json::Value output = show_function(call.arena, function, function.arn).build();
  lambda.code.keep(function.arn, upload);
  CO_TRY(co_await lambda.functions.save_with_code(std::move(function), std::move(upload.package)));
  co_return reply_with(output);
}

}  // namespace stepwell::lambda
