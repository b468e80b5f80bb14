#include "services/states/operations/support.h"

namespace stepwell::states {

Task<Result<wire::Reply>> stop_execution(States& states, wire::Call& call) {
  CO_TRY_ASSIGN(const engine::ExecutionId id, find_execution(states, call.text("executionArn")));
  const auto text = [&call](std::string_view member) {
    const auto given = call.optional_text(member);
    return given ? std::optional<std::string>(*given) : std::nullopt;
  };
  Pending<Result<Timestamp>> stopped;
  states.engine->shard(id).stop(id, text("error"), text("cause"),
                                [stopped](Result<Timestamp> time) { stopped.set(std::move(time)); });
  CO_TRY_ASSIGN(const Timestamp time, co_await stopped);
  co_return reply(json::ObjectBuilder(call.arena).add("stopDate", date(call.arena, time)).build());
}

}  // namespace stepwell::states
