// arn:aws:states:::lambda:invoke (spec §4): the Invoke operation with its parameters; the answer's payload is parsed
// where it is JSON.

#include "lang/json/build.h"
#include "lang/json/print.h"
#include "services/states/integrations/lambda.h"

namespace stepwell::states {

Task<TaskOutcome> lambda_invoke(TaskCall call) {
  const json::Value* name = call.arguments.find("FunctionName");
  if (name == nullptr || !name->is_string()) {
    co_return std::unexpected(TaskFailure{"States.Runtime", "The field 'FunctionName' is required but was missing"});
  }
  LambdaRequest request;
  request.function = name->as_string();
  const auto text = [&call](std::string_view field) {
    const json::Value* value = call.arguments.find(field);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string{};
  };
  request.qualifier = text("Qualifier");
  request.invocation_type = text("InvocationType");
  request.log_type = text("LogType");
  request.client_context = text("ClientContext");
  // A text is the body of the call as it is; no payload and null are no body.
  if (const json::Value* payload = call.arguments.find("Payload"); payload != nullptr && !payload->is_null()) {
    request.payload = payload->is_string() ? std::string(payload->as_string()) : json::print(*payload);
  }
  const auto answer = co_await invoke_lambda(call, std::move(request));
  if (!answer) co_return std::unexpected(answer.error());
  co_return json::print(lambda_result(call.arena, *answer, call.caller.request_id));
}

}  // namespace stepwell::states
