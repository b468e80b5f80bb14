#include "services/states/operations/support.h"

namespace stepwell::states {
namespace {
constexpr Duration long_poll{60'000};
}

// An empty reply after the long poll means that there was no task.
Task<Result<wire::Reply>> get_activity_task(States& states, wire::Call& call) {
  const std::string arn(call.text("activityArn"));
  CO_TRY(check_activity_arn(arn));
  if (!states.activities.exists(arn)) co_return fail(errors::activity_does_not_exist(arn));
  CO_TRY_ASSIGN(const auto task, co_await states.activities.poll(
                                     *states.engine, arn, std::string(call.text("workerName")), long_poll, call.gone));
  json::ObjectBuilder output(call.arena);
  if (task) {
    output.add("input", task->input);
    output.add("taskToken", states.tokens.task_token(task->task));
  }
  co_return reply(output.build());
}

}  // namespace stepwell::states
