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
  const Result<Timestamp> outcome = co_await stopped;
  // It has been deleted since it was found.
  if (!outcome && outcome.error().code == "TaskDoesNotExist") {
    co_return fail(errors::execution_does_not_exist(call.text("executionArn")));
  }
  CO_TRY_ASSIGN(const Timestamp time, outcome);
  co_return reply(json::ObjectBuilder(call.arena).add("stopDate", date(call.arena, time)).build());
}

}  // namespace stepwell::states
