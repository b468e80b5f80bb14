#include "services/states/integrations/lambda.h"

#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "services/states/sdk/failure.h"
#include "services/states/sdk/metadata.h"

#include <array>

namespace stepwell::states {
namespace {

constexpr sdk::Version1 names{"lambda", "Lambda", "AWSLambda", "AWSLambdaException"};

// The error of a function: its errorType, with the whole of its answer as the cause.
TaskFailure function_failure(json::Arena& arena, std::string payload) {
  const auto answer = json::parse_copy(arena, payload);
  const json::Value* type = answer ? answer->find("errorType") : nullptr;
  std::string error =
      type != nullptr && type->is_string() ? std::string(type->as_string()) : std::string("Lambda.Unknown");
  return {std::move(error), std::move(payload)};
}

std::string text_of(const json::Value& object, std::string_view member) {
  const json::Value* value = object.find(member);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string{};
}

}  // namespace

Task<std::expected<LambdaAnswer, TaskFailure>> invoke_lambda(TaskCall& call, LambdaRequest request) {
  wire::Call invoke;
  invoke.caller = call.caller;
  invoke.gone = call.cancelled;
  json::ObjectBuilder input(invoke.arena);
  input.add("FunctionName", request.function);
  if (!request.qualifier.empty()) input.add("Qualifier", request.qualifier);
  if (!request.invocation_type.empty()) input.add("InvocationType", request.invocation_type);
  if (!request.log_type.empty()) input.add("LogType", request.log_type);
  if (!request.client_context.empty()) input.add("ClientContext", request.client_context);
  invoke.input = input.build();
  invoke.payload = std::move(request.payload);
  auto reply = co_await call.directory.call("lambda", "Invoke", invoke);
  if (!reply) co_return std::unexpected(sdk::failure(names, call, reply.error()));
  if (!text_of(reply->output, "FunctionError").empty()) {
    co_return std::unexpected(function_failure(call.arena, std::move(reply->payload)));
  }
  co_return LambdaAnswer{.status = reply->status.value_or(200),
                         .executed_version = text_of(reply->output, "ExecutedVersion"),
                         .log_result = text_of(reply->output, "LogResult"),
                         .payload = std::move(reply->payload)};
}

json::Value lambda_result(json::Arena& arena, const LambdaAnswer& answer, std::string_view request_id) {
  json::ObjectBuilder result(arena);
  if (!answer.executed_version.empty()) result.add("ExecutedVersion", answer.executed_version);
  if (!answer.log_result.empty()) result.add("LogResult", answer.log_result);
  const auto payload = json::parse_copy(arena, answer.payload);
  if (payload)
    result.add("Payload", *payload);
  else
    result.add("Payload", answer.payload);
  const auto headers = std::to_array<sdk::Header>({{"Connection", "keep-alive"},
                                                   {"x-amzn-Remapped-Content-Length", "0"},
                                                   {"Content-Length", std::to_string(answer.payload.size())},
                                                   {"Content-Type", "application/json"},
                                                   {"X-Amz-Executed-Version", answer.executed_version},
                                                   {"x-amzn-RequestId", std::string(request_id)}});
  result.add("SdkHttpMetadata", sdk::http_metadata(arena, headers, answer.status));
  result.add("SdkResponseMetadata", sdk::response_metadata(arena, request_id));
  result.add("StatusCode", answer.status);
  return result.build();
}

}  // namespace stepwell::states
