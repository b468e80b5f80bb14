#include "services/states/operations/support.h"

namespace stepwell::states {

Task<Result<wire::Reply>> send_task_success(States& states, wire::Call& call) {
  CO_TRY_ASSIGN(const engine::TaskRef task, states.tokens.read_task_token(call.text("taskToken")));
  CO_TRY(check_json(call.text("output"), errors::invalid_output));
  Pending<Result<void>> done;
  states.engine->shard(task.execution)
      .complete_task(task, std::string(call.text("output")),
                     [done](Result<void> result) { done.set(std::move(result)); });
  CO_TRY(co_await done);
  co_return reply(json::ObjectBuilder(call.arena).build());
}

}  // namespace stepwell::states
