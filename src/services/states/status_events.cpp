#include "services/states/status_events.h"

#include "engine/execution.h"
#include "engine/redrive.h"
#include "lang/json/build.h"
#include "lang/json/print.h"
#include "wire/arn.h"

#include <fmt/format.h>

namespace stepwell::states {
namespace {

constexpr std::string_view service = "events";
constexpr std::string_view source = "aws.states";
constexpr std::size_t max_data = 248 * 1'024;  // of input and output together, as they stand in the event

// The status that an event of the history brings; nullopt: it brings none.
std::optional<engine::Status> status_of(engine::EventType type) {
  switch (type) {
    case engine::EventType::ExecutionStarted:
    case engine::EventType::ExecutionRedriven: return engine::Status::running;
    case engine::EventType::ExecutionSucceeded: return engine::Status::succeeded;
    case engine::EventType::ExecutionFailed: return engine::Status::failed;
    case engine::EventType::ExecutionTimedOut: return engine::Status::timed_out;
    case engine::EventType::ExecutionAborted: return engine::Status::aborted;
    default: return std::nullopt;
  }
}

json::Value arn_or_null(json::Arena& arena, std::string_view text) {
  return text.empty() ? json::Value() : json::make_string(arena, text);
}
json::Value text_or_null(json::Arena& arena, const std::optional<std::string>& text) {
  return text ? json::make_string(arena, *text) : json::Value();
}
json::Value date_or_null(json::Arena& arena, const std::optional<Timestamp>& time) {
  return time ? json::Value::integer(arena, time->time_since_epoch().count()) : json::Value();
}

std::size_t escaped_size(std::string_view text) {
  std::string escaped;
  json::print_string(escaped, text);
  return escaped.size();
}

// An input or output of the execution, and whether there is room for it.
void add_data(json::ObjectBuilder& detail, json::Arena& arena, const engine::Payload* data, std::string_view name,
              std::string_view details_name, bool included) {
  detail.add(name, data != nullptr && included ? json::make_string(arena, data->text(arena)) : json::Value());
  detail.add(details_name,
             data == nullptr ? json::Value() : json::ObjectBuilder(arena).add("included", included).build());
}

}  // namespace

json::Value StatusEvents::detail(engine::Execution& execution, engine::Status status) const {
  json::Arena& arena = execution.arena;
  const bool running = status == engine::Status::running;
  const engine::Payload* const output = running ? nullptr : execution.output;
  const std::size_t output_size = output == nullptr ? 0 : escaped_size(output->text(arena));
  const bool room = output_size + escaped_size(execution.input->text(arena)) <= max_data;
  const bool shows_error = !running && status != engine::Status::timed_out;
  const std::optional<std::string> none;
  const auto stopped = running ? std::nullopt : execution.stopped;
  const auto refusal = engine::redrive_refusal({.status = status,
                                                .started = execution.started,
                                                .stopped = stopped,
                                                .next_event = execution.next_event,
                                                .max_events = states_->engine->limits().max_events},
                                               states_->clock.now());
  json::ObjectBuilder detail(arena);
  detail.add("executionArn", execution.arn());
  detail.add("stateMachineArn", execution.revision->machine_arn);
  detail.add("stateMachineVersionArn", arn_or_null(arena, execution.version_arn));
  detail.add("stateMachineAliasArn", arn_or_null(arena, execution.alias_arn));
  detail.add("name", execution.name);
  detail.add("status", json::Value::string(engine::name_of(status)));
  detail.add("startDate", date_or_null(arena, execution.started));
  detail.add("stopDate", date_or_null(arena, stopped));
  add_data(detail, arena, execution.input, "input", "inputDetails", room);
  add_data(detail, arena, output, "output", "outputDetails", output_size <= max_data);
  detail.add("error", text_or_null(arena, shows_error ? execution.error : none));
  detail.add("cause", text_or_null(arena, shows_error ? execution.cause : none));
  detail.add("redriveCount", static_cast<std::int64_t>(execution.redrive_count));
  detail.add("redriveDate", date_or_null(arena, execution.redriven));
  detail.add("redriveStatus", refusal ? "NOT_REDRIVABLE" : "REDRIVABLE");
  detail.add("redriveStatusReason", text_or_null(arena, refusal));
  return detail.build();
}

json::Value StatusEvents::entry(json::Arena& arena, engine::Execution& execution, const engine::Event& event,
                                engine::Status status) const {
  const json::Value resource = json::make_string(arena, execution.arn());
  return json::ObjectBuilder(arena)
      .add("Time", wire::epoch_seconds(arena, event.at.time_since_epoch().count()))
      .add("Source", source)
      .add("Resources", json::make_array(arena, {&resource, 1}))
      .add("DetailType", "Step Functions Execution Status Change")
      .add("Detail", json::print(detail(execution, status)))
      .build();
}

void StatusEvents::witness(engine::Execution& execution, std::span<const engine::Event> events, store::Batch& batch) {
  const directory::Service* const bus = states_->directory.find(service);
  if (execution.is_express() || bus == nullptr) return;
  wire::Call call;
  if (const auto arn = wire::Arn::parse(execution.revision->machine_arn)) {
    call.caller.account = arn->account;
    call.caller.region = arn->region;
  }
  if (!bus->awaits_events(call.caller, source)) return;
  std::vector<json::Value> entries;
  for (const engine::Event& event : events) {
    if (const auto status = status_of(event.type)) entries.push_back(entry(call.arena, execution, event, *status));
  }
  if (entries.empty()) return;
  call.input = json::ObjectBuilder(call.arena).add("Entries", json::make_array(call.arena, entries)).build();
  const auto folded = states_->directory.fold(service, "PutEvents", call, batch);
  // A bus elsewhere cannot be part of a commit; it has no business with what happens here either.
  if (folded || folded.error().code == directory::not_foldable) return;
  log_->warning(
      fmt::format("A status of execution {} is not told to EventBridge: {}", execution.name, folded.error().message));
}

}  // namespace stepwell::states
