#include "services/states/test_state/inspection_data.h"

#include "lang/json/build.h"
#include "lang/json/print.h"

#include <array>

namespace stepwell::states {
namespace {

using asl::Stage;
using asl::StateType;

// Choice, Fail, Succeed and Wait make no result.
bool has_result(const Subject& subject) {
  using enum StateType;
  return subject.is(Map) || subject.is(Parallel) || subject.is(Pass) || subject.is(Task);
}

struct Field {
  Stage stage;
  std::string_view name;
};
constexpr auto payloads = std::to_array<Field>({{Stage::input_path, "afterInputPath"},
                                                {Stage::items_path, "afterItemsPath"},
                                                {Stage::result, "result"},
                                                {Stage::result_selector, "afterResultSelector"},
                                                {Stage::result_path, "afterResultPath"}});
constexpr auto numbers = std::to_array<Field>({{Stage::max_concurrency, "maxConcurrency"},
                                               {Stage::tolerated_failure_count, "toleratedFailureCount"},
                                               {Stage::tolerated_failure_percentage, "toleratedFailurePercentage"}});

// A text that is larger than any payload is left out.
void add_text(json::ObjectBuilder& object, std::string_view name, const json::Value& value) {
  std::string text;
  if (json::print_within(text, value, max_observed_bytes)) object.add(name, text);
}

void add_arguments(json::ObjectBuilder& object, const Subject& subject, const json::Value& arguments) {
  const bool jsonata = subject.state->language() == asl::QueryLanguage::jsonata;
  if (!jsonata) add_text(object, "afterParameters", arguments);
  if (jsonata && subject.is(StateType::Task)) add_text(object, "afterArguments", arguments);
}

void add_error_details(json::ObjectBuilder& object, json::Arena& arena, const Observation& observation,
                       const Verdict& verdict) {
  json::ObjectBuilder details(arena);
  const auto index = [](std::size_t number) { return static_cast<std::int64_t>(number); };
  if (observation.catcher()) details.add("catchIndex", index(*observation.catcher()));
  if (observation.retrier()) details.add("retryIndex", index(*observation.retrier()));
  if (verdict.kind == Verdict::Kind::retriable) {
    details.add("retryBackoffIntervalSeconds", verdict.backoff / std::chrono::seconds(1));
  }
  if (!details.empty()) object.add("errorDetails", details.build());
}

// As they are when the state is left.
json::Value variables_after(json::Arena& arena, const json::Value& variables, const asl::Exit& exit) {
  json::ObjectBuilder after(arena);
  for (const json::Member& variable : variables.members()) after.add(variable.key, variable.value);
  for (const asl::Assignment& assignment : exit.assigned) after.add(assignment.name, assignment.value);
  return after.build();
}

}  // namespace

json::Value inspection_data(json::Arena& arena, const Trial& trial, const Observation& observation,
                            const Verdict& verdict, const json::Value& input, const json::Value& variables) {
  const Subject& subject = trial.subject;
  json::ObjectBuilder data(arena);
  add_text(data, "input", input);
  for (const auto& [stage, name] : payloads) {
    const json::Value* value = observation.at(stage);
    const bool is_of_result = stage == Stage::result_selector || stage == Stage::result_path;
    if (value != nullptr && (!is_of_result || has_result(subject))) add_text(data, name, *value);
  }
  if (const json::Value* arguments = observation.at(Stage::arguments)) add_arguments(data, subject, *arguments);
  if (trial.read && trial.read->is_pointed) add_text(data, "afterItemsPointer", *trial.read->items);
  if (const auto items = observation.selected_items()) data.add("afterItemSelector", *items);
  for (const auto& [stage, name] : numbers) {
    if (const json::Value* number = observation.at(stage)) data.add(name, *number);
  }
  add_error_details(data, arena, observation, verdict);
  const json::Value after = variables_after(arena, variables, verdict.exit);
  if (after.size() > 0) add_text(data, "variables", after);
  return data.build();
}

}  // namespace stepwell::states
