// TestState (spec §2): one state, run once, with what can be seen of its data flow.

#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "services/states/operations/support.h"
#include "services/states/test_state/context_object.h"
#include "services/states/test_state/inspection_data.h"
#include "services/states/test_state/trial.h"
#include "wire/errors.h"

#include <algorithm>
#include <limits>

namespace stepwell::states {
namespace {

Result<json::Value> read_input(wire::Call& call) {
  const std::string_view text = call.optional_text("input").value_or("{}");
  if (text.empty()) return fail(errors::invalid_execution_input("Invalid execution input."));
  TRY(check_json(text, errors::invalid_execution_input));
  return *json::parse(call.arena, text);
}

Result<json::Value> read_variables(wire::Call& call) {
  const auto variables = json::parse(call.arena, call.optional_text("variables").value_or("{}"));
  if (variables && variables->is_object()) return *variables;
  return fail(wire::validation_exception("Invalid variables provided: they must be a JSON object"));
}

std::optional<std::int64_t> configured(const wire::Call& call, std::string_view name) {
  const json::Value* configuration = call.member("stateConfiguration");
  const json::Value* value = configuration == nullptr ? nullptr : configuration->find(name);
  return value != nullptr && value->is_number() ? value->as_integer() : std::nullopt;
}

std::optional<std::string_view> configured_text(const wire::Call& call, std::string_view name) {
  const json::Value* configuration = call.member("stateConfiguration");
  const json::Value* value = configuration == nullptr ? nullptr : configuration->find(name);
  return value != nullptr && value->is_string() ? std::optional(value->as_string()) : std::nullopt;
}

std::uint32_t count_of(std::int64_t number) {
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(number, 0, std::numeric_limits<std::uint32_t>::max()));
}

Result<void> check_role(const wire::Call& call, const Trial& trial) {
  if (call.has("roleArn")) return check_role_arn(call.text("roleArn"));
  if (trial.mock || !trial.subject.is(asl::StateType::Task)) return {};
  return fail(wire::validation_exception("RoleArn must be specified when testing a Task state"));
}

// Where a mocked failure is said to come from.
Result<void> check_origin(const wire::Call& call, const Trial& trial) {
  const auto name = configured_text(call, "errorCausedByState");
  const bool forks = trial.subject.is(asl::StateType::Map) || trial.subject.is(asl::StateType::Parallel);
  if (!name || !forks || holds_state(trial.subject, *name)) return {};
  return fail(wire::validation_exception("errorCausedByState must be a state in the tested Map or Parallel state"));
}

Result<Trial> read_trial(States& states, wire::Call& call) {
  Trial trial;
  TRY_ASSIGN(trial.subject, find_subject(call));
  TRY_ASSIGN(trial.mock, read_mock(states.directory, call, trial.subject));
  TRY(check_role(call, trial));
  TRY(check_origin(call, trial));
  trial.retries = count_of(configured(call, "retrierRetryCount").value_or(0));
  if (const auto failed = configured(call, "mapIterationFailureCount")) trial.failed_iterations = count_of(*failed);
  return trial;
}

Result<void> read_items(wire::Call& call, Trial& trial) {
  const json::Value* reader = trial.subject.definition.find("ItemReader");
  if (reader == nullptr) return {};
  TRY_ASSIGN(trial.read, read_item_data(call.arena, *reader, configured_text(call, "mapItemReaderData")));
  return {};
}

constexpr std::string_view names[] = {"SUCCEEDED", "FAILED", "RETRIABLE", "CAUGHT_ERROR"};

json::ObjectBuilder output_of(json::Arena& arena, const Verdict& verdict) {
  json::ObjectBuilder output(arena);
  const bool is_left = verdict.kind == Verdict::Kind::succeeded || verdict.kind == Verdict::Kind::caught_error;
  if (verdict.failure.cause) output.add("cause", *verdict.failure.cause);
  if (verdict.failure.error) output.add("error", *verdict.failure.error);
  if (is_left && verdict.exit.next != nullptr) output.add("nextState", verdict.exit.next->name());
  if (is_left) output.add("output", json::print(verdict.exit.output));
  output.add("status", names[static_cast<std::size_t>(verdict.kind)]);
  return output;
}

}  // namespace

Task<Result<wire::Reply>> test_state(States& states, wire::Call& call) {
  CO_TRY_ASSIGN(Trial trial, read_trial(states, call));
  CO_TRY_ASSIGN(const json::Value input, read_input(call));
  CO_TRY_ASSIGN(const json::Value variables, read_variables(call));
  CO_TRY(read_items(call, trial));
  const PretendedExecution execution = pretend_execution(states, call.caller);
  trial.execution_arn = execution.arn;
  CO_TRY_ASSIGN(const json::Value context,
                context_object(states, call, trial.subject, execution, input, trial.retries));
  Observation observation;
  TestActivation activation({.arena = call.arena,
                             .clock = states.clock,
                             .random = states.random,
                             .input = input,
                             .variables = variables,
                             .context = context,
                             .items = trial.read && trial.read->items ? *trial.read->items : json::Value::array({})},
                            observation);
  CO_TRY_ASSIGN(const Verdict verdict, co_await try_state(states, call, trial, activation, observation));
  json::ObjectBuilder output = output_of(call.arena, verdict);
  if (call.optional_text("inspectionLevel").value_or("INFO") != "INFO") {
    output.add("inspectionData", inspection_data(call.arena, trial, observation, verdict, input, variables));
  }
  co_return reply(output.build());
}

}  // namespace stepwell::states
