// The ARN of a function as a Task's resource (spec §4): the task's input is the function's event, the task's output is
// what it returns.

#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "services/states/integrations/lambda.h"

namespace stepwell::states {

Task<TaskOutcome> lambda_function(TaskCall call) {
  LambdaRequest request;
  request.function = call.task.resource->arn;
  request.payload = json::print(call.arguments);
  const auto answer = co_await invoke_lambda(call, std::move(request));
  if (!answer) co_return std::unexpected(answer.error());
  if (answer->payload.empty()) co_return std::string("null");
  // The managed runtimes answer in JSON; a bootstrap of one's own may not.
  if (const auto value = json::parse(call.arena, answer->payload); !value) {
    co_return std::unexpected(
        TaskFailure{"Lambda.Unknown", "The function's answer is no JSON: " + value.error().message});
  }
  co_return answer->payload;
}

}  // namespace stepwell::states
