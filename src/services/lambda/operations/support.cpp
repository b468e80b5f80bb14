#include "services/lambda/operations/support.h"

namespace stepwell::lambda {

Result<NamedFunction> find_function(Lambda& lambda, const wire::Call& call) {
  TRY_ASSIGN(FunctionReference reference,
             read_function(call.caller, call.text("FunctionName"), call.text("Qualifier")));
  TRY_ASSIGN(FunctionPtr function, lambda.functions.find(reference.arn));
  const bool is_latest = reference.qualifier.empty() || reference.qualifier == latest;
  if (function == nullptr || !is_latest) return fail(errors::function_not_found(reference.qualified_arn()));
  return NamedFunction{std::move(reference), std::move(function)};
}

Result<FunctionPtr> function_to_change(Lambda& lambda, const wire::Call& call) {
  TRY_ASSIGN(NamedFunction named, find_function(lambda, call));
  TRY(check_revision(call, *named.function, "GetFunction/GetAlias"));
  return std::move(named.function);
}

Result<void> check_revision(const wire::Call& call, const FunctionRecord& function, std::string_view api) {
  const auto demanded = call.optional_text("RevisionId");
  if (!demanded || *demanded == function.revision_id) return {};
  return fail(errors::precondition_failed(api));
}

Task<Result<Upload>> receive_code(Lambda& lambda, std::string function_name, const json::Value& source) {
  const auto has = [&source](std::string_view member) {
    const json::Value* value = source.find(member);
    return value != nullptr && !value->is_null();
  };
  if (has("ImageUri")) co_return fail(errors::not_implemented("A container image"));
  if (has("S3Bucket") || has("S3Key")) co_return fail(errors::not_implemented("Code from Amazon S3"));
  if (!has("ZipFile")) co_return fail(errors::invalid_parameter("Please provide a source for function code."));
  co_return co_await lambda.code.receive(std::move(function_name), source.find("ZipFile")->as_string());
}

wire::Reply reply_with_status(wire::Call& call, int status) {
  wire::Reply reply = reply_with(json::ObjectBuilder(call.arena).build());
  reply.status = status;
  return reply;
}

void mark_changed(Lambda& lambda, FunctionRecord& function) {
  function.revision_id = make_uuid(lambda.random);
  function.modified = lambda.clock.now();
}

}  // namespace stepwell::lambda
