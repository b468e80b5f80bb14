#include "services/states/execution_description.h"
#include "services/states/operations/support.h"

namespace stepwell::states {

Task<Result<wire::Reply>> describe_execution(States& states, wire::Call& call) {
  const std::string_view arn = call.text("executionArn");
  CO_TRY_ASSIGN(const engine::ExecutionId id, find_execution(states, arn));
  CO_TRY_ASSIGN(const auto view, states.queries.describe(id));
  if (!view) co_return fail(errors::execution_does_not_exist(arn));
  const auto data = call.text("includedData") == "METADATA_ONLY" ? ExecutionData::exclude : ExecutionData::include;
  co_return reply(execution_description(states, call.arena, *view, data));
}

}  // namespace stepwell::states
