#include "services/states/operations/support.h"

namespace stepwell::states {
namespace {

// Whether RedriveExecution may be called, and why not (spec §2).
void add_redrive(json::Arena& arena, json::ObjectBuilder& output, engine::Status status) {
  using enum engine::Status;
  output.add("redriveCount", 0);
  if (status == running || status == succeeded) {
    output.add("redriveStatus", "NOT_REDRIVABLE");
    output.add("redriveStatusReason", json::make_string(arena, fmt::format("Execution is {} and cannot be redriven",
                                                                           engine::name_of(status))));
  } else {
    output.add("redriveStatus", "REDRIVABLE");
  }
}

}  // namespace

Task<Result<wire::Reply>> describe_execution(States& states, wire::Call& call) {
  const std::string_view arn = call.text("executionArn");
  CO_TRY_ASSIGN(const engine::ExecutionId id, find_execution(states, arn));
  CO_TRY_ASSIGN(const auto view, states.queries.describe(id));
  if (!view) co_return fail(errors::execution_does_not_exist(arn));
  const engine::ExecutionRecord& record = view->record;
  json::Arena& arena = call.arena;
  const bool with_data = call.text("includedData") != "METADATA_ONLY";
  const json::Value included = json::ObjectBuilder(arena).add("included", with_data).build();
  json::ObjectBuilder output(arena);
  output.add("executionArn", arn);
  output.add("stateMachineArn", record.machine_arn);
  output.add("name", record.name);
  output.add("status", json::Value::string(engine::name_of(record.status)));
  output.add("startDate", date(arena, record.started));
  if (record.stopped) output.add("stopDate", date(arena, *record.stopped));
  if (with_data) output.add("input", view->input);
  output.add("inputDetails", included);
  if (view->output) {
    if (with_data) output.add("output", *view->output);
    output.add("outputDetails", included);
  }
  if (!record.trace_header.empty()) output.add("traceHeader", record.trace_header);
  // A timed-out execution shows neither (spec §2).
  if (record.status != engine::Status::timed_out) {
    if (record.error) output.add("error", *record.error);
    if (record.cause) output.add("cause", *record.cause);
  }
  add_redrive(arena, output, record.status);
  co_return reply(output.build());
}

}  // namespace stepwell::states
