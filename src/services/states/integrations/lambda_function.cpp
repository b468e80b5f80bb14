// The ARN of a function as a Task's resource (spec §4): the task's input is the function's event, the task's output is
// what it returns.

#include "lang/json/print.h"
#include "services/states/integrations/lambda.h"

namespace stepwell::states {

Task<TaskOutcome> lambda_function(TaskCall call) {
  LambdaRequest request{.function = call.task.resource->arn,
                        .qualifier = {},
                        .payload = json::print(call.arguments),
                        .invocation_type = {},
                        .log_type = {},
                        .client_context = {}};
  const auto answer = co_await invoke_lambda(call, std::move(request));
  if (!answer) co_return std::unexpected(answer.error());
  // What a function returns is JSON on AWS by its runtime; an empty answer is null.
  co_return answer->payload.empty() ? std::string("null") : answer->payload;
}

}  // namespace stepwell::states
