#include "services/states/operations/support.h"

namespace stepwell::states {
namespace {

// Express executions are billed by memory in steps of 64 MB and time in steps of 100 ms (spec §2).
json::Value billing(json::Arena& arena, Duration duration) {
  const std::int64_t steps = std::max<std::int64_t>(1, (duration.count() + 99) / 100);
  return json::ObjectBuilder(arena)
      .add("billedDurationInMilliseconds", steps * 100)
      .add("billedMemoryUsedInMB", 64)
      .build();
}

}  // namespace

Task<Result<wire::Reply>> start_sync_execution(States& states, wire::Call& call) {
  CO_TRY_ASSIGN(engine::StartRequest request, read_start(states, call));
  if (request.revision->type != asl::MachineType::express) co_return fail(errors::state_machine_type_not_supported());
  const std::string machine_arn = request.revision->machine_arn;
  Pending<Result<engine::Finished>> ended;
  states.engine->start_sync(std::move(request),
                            [ended](Result<engine::Finished> finished) { ended.set(std::move(finished)); });
  CO_TRY_ASSIGN(const engine::Finished finished, co_await ended);
  json::Arena& arena = call.arena;
  const bool with_data = call.text("includedData") != "METADATA_ONLY";
  const json::Value included = json::ObjectBuilder(arena).add("included", with_data).build();
  json::ObjectBuilder output(arena);
  output.add("billingDetails", billing(arena, finished.stopped - finished.started));
  if (finished.cause) output.add("cause", *finished.cause);
  if (finished.error) output.add("error", *finished.error);
  output.add("executionArn", finished.arn);
  if (with_data) output.add("input", finished.input);
  output.add("inputDetails", included);
  output.add("name", finished.name);
  if (with_data && finished.status == engine::Status::succeeded) output.add("output", finished.output);
  output.add("outputDetails", included);
  output.add("startDate", date(arena, finished.started));
  output.add("stateMachineArn", machine_arn);
  output.add("status", json::Value::string(engine::name_of(finished.status)));
  output.add("stopDate", date(arena, finished.stopped));
  if (call.has("traceHeader")) output.add("traceHeader", call.text("traceHeader"));
  co_return reply(output.build());
}

}  // namespace stepwell::states
