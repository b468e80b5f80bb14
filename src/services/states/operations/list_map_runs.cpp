#include "services/states/operations/support.h"

namespace stepwell::states {

// Map runs are made by distributed Map states; an execution without these has none.
Task<Result<wire::Reply>> list_map_runs(States& states, wire::Call& call) {
  const std::string_view arn = call.text("executionArn");
  CO_TRY(find_execution(states, arn));
  CO_TRY(read_page(states, call, fmt::format("ListMapRuns {}", arn), 100));
  json::ObjectBuilder output(call.arena);
  output.add("mapRuns", json::make_array(call.arena, {}));
  co_return reply(output.build());
}

}  // namespace stepwell::states
