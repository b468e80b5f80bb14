#include "services/states/operations/support.h"

namespace stepwell::states {

Task<Result<wire::Reply>> send_task_heartbeat(States& states, wire::Call& call) {
  CO_TRY_ASSIGN(const engine::TaskRef task, states.tokens.read_task_token(call.text("taskToken")));
  Pending<Result<void>> done;
  states.engine->shard(task.execution).heartbeat(task, [done](Result<void> result) { done.set(std::move(result)); });
  CO_TRY(co_await done);
  co_return reply(json::ObjectBuilder(call.arena).build());
}

}  // namespace stepwell::states
