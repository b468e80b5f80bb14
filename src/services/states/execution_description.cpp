#include "services/states/execution_description.h"

#include "engine/redrive.h"
#include "lang/json/build.h"
#include "wire/call.h"

#include <fmt/format.h>

namespace stepwell::states {
namespace {

json::Value date(json::Arena& arena, Timestamp time) {
  return wire::epoch_seconds(arena, time.time_since_epoch().count());
}

// Whether RedriveExecution may be called, and why not (spec §2).
void add_redrive(const States& states, json::Arena& arena, json::ObjectBuilder& output,
                 const engine::ExecutionRecord& record) {
  output.add("redriveCount", static_cast<std::int64_t>(record.redrive_count));
  if (record.redriven) output.add("redriveDate", date(arena, *record.redriven));
  const auto refusal = engine::redrive_refusal({.status = record.status,
                                                .started = record.started,
                                                .stopped = record.stopped,
                                                .next_event = record.next_event,
                                                .max_events = states.engine->limits().max_events},
                                               states.clock.now());
  output.add("redriveStatus", refusal ? "NOT_REDRIVABLE" : "REDRIVABLE");
  if (refusal) output.add("redriveStatusReason", *refusal);
}

}  // namespace

json::Value execution_description(const States& states, json::Arena& arena, const engine::ExecutionView& view,
                                  ExecutionData data) {
  const engine::ExecutionRecord& record = view.record;
  const bool with_data = data == ExecutionData::include;
  const json::Value included = json::ObjectBuilder(arena).add("included", with_data).build();
  json::ObjectBuilder output(arena);
  output.add("executionArn", engine::execution_arn(record.machine_arn, record.name));
  output.add("stateMachineArn", record.machine_arn);
  if (!record.alias_arn.empty()) output.add("stateMachineAliasArn", record.alias_arn);
  if (!record.version_arn.empty()) output.add("stateMachineVersionArn", record.version_arn);
  output.add("name", record.name);
  output.add("status", json::Value::string(engine::name_of(record.status)));
  output.add("startDate", date(arena, record.started));
  if (record.stopped) output.add("stopDate", date(arena, *record.stopped));
  if (with_data) output.add("input", view.input);
  output.add("inputDetails", included);
  if (view.output) {
    if (with_data) output.add("output", *view.output);
    output.add("outputDetails", included);
  }
  if (!record.trace_header.empty()) output.add("traceHeader", record.trace_header);
  // A timed-out execution shows neither (spec §2).
  if (record.status != engine::Status::timed_out) {
    if (record.error) output.add("error", *record.error);
    if (record.cause) output.add("cause", *record.cause);
  }
  add_redrive(states, arena, output, record);
  return output.build();
}

}  // namespace stepwell::states
