#include "services/states/operations/support.h"

namespace stepwell::states {

Task<Result<wire::Reply>> start_execution(States& states, wire::Call& call) {
  CO_TRY_ASSIGN(engine::StartRequest request, read_start(states, call));
  Pending<Result<engine::StartOutcome>> started;
  states.engine->start(std::move(request),
                       [started](Result<engine::StartOutcome> outcome) { started.set(std::move(outcome)); });
  CO_TRY_ASSIGN(const engine::StartOutcome outcome, co_await started);
  if (outcome.kind == engine::StartOutcome::Kind::taken) co_return fail(errors::execution_already_exists(outcome.arn));
  json::ObjectBuilder output(call.arena);
  output.add("executionArn", outcome.arn);
  output.add("startDate", date(call.arena, outcome.started));
  co_return reply(output.build());
}

}  // namespace stepwell::states
