#include "services/states/operations/support.h"

namespace stepwell::states {

Task<Result<wire::Reply>> redrive_execution(States& states, wire::Call& call) {
  CO_TRY_ASSIGN(const engine::ExecutionId id, find_execution(states, call.text("executionArn")));
  Pending<Result<Timestamp>> redriven;
  states.engine->shard(id).redrive(id, std::string(call.text("clientToken")),
                                   [redriven](Result<Timestamp> time) { redriven.set(std::move(time)); });
  CO_TRY_ASSIGN(const Timestamp time, co_await redriven);
  co_return reply(json::ObjectBuilder(call.arena).add("redriveDate", date(call.arena, time)).build());
}

}  // namespace stepwell::states
