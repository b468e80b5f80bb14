// Types and ranges of the values that the fields of a state have. A field means the same in every type that takes it.
#include "lang/asl/validation/rule.h"
#include "lang/asl/validation/shape.h"

namespace stepwell::asl::validation {
namespace {

constexpr double max_seconds = 99'999'999;
constexpr std::array<std::string_view, 2> languages = {"JSONPath", "JSONata"};

constexpr ValueShape text = {.type = ValueType::string};
constexpr ValueShape path = {.type = ValueType::string};
constexpr ValueShape path_or_null = {.type = ValueType::string, .nullable = true};
constexpr ValueShape list = {.type = ValueType::array};
constexpr ValueShape filled_list = {.type = ValueType::array, .non_empty = true};
constexpr ValueShape object = {.type = ValueType::object};
constexpr ValueShape count = {.type = ValueType::integer, .minimum = 0, .computable = true};

constexpr ValueShape seconds_from(double minimum) {
  return {.type = ValueType::integer, .minimum = minimum, .maximum = max_seconds, .computable = true};
}

constexpr auto fields = std::to_array<FieldShape>({
    {.name = "Branches", .value = filled_list},
    {.name = "Catch", .value = list},
    {.name = "Cause", .value = text},
    {.name = "CausePath", .value = path},
    {.name = "Choices", .value = filled_list},
    {.name = "Comment", .value = text},
    {.name = "Credentials", .value = {.type = ValueType::object, .computable = true}},
    {.name = "Default", .value = text},
    {.name = "End", .value = {.type = ValueType::boolean}},
    {.name = "Error", .value = text},
    {.name = "ErrorPath", .value = path},
    {.name = "HeartbeatSeconds", .value = seconds_from(1)},
    {.name = "HeartbeatSecondsPath", .value = path},
    {.name = "InputPath", .value = path_or_null},
    {.name = "ItemBatcher", .value = object},
    {.name = "ItemProcessor", .value = object},
    {.name = "ItemReader", .value = object},
    {.name = "ItemsPath", .value = path},
    {.name = "Iterator", .value = object},
    {.name = "Label", .value = text},
    {.name = "MaxConcurrency", .value = count},
    {.name = "MaxConcurrencyPath", .value = path},
    {.name = "Next", .value = text},
    {.name = "OutputPath", .value = path_or_null},
    {.name = "QueryLanguage", .value = {.type = ValueType::string, .one_of = languages}},
    {.name = "Resource", .value = text},
    {.name = "ResultPath", .value = path_or_null},
    {.name = "ResultWriter", .value = object},
    {.name = "Retry", .value = list},
    {.name = "Seconds", .value = seconds_from(0)},
    {.name = "SecondsPath", .value = path},
    {.name = "TimeoutSeconds", .value = seconds_from(1)},
    {.name = "TimeoutSecondsPath", .value = path},
    {.name = "Timestamp", .value = text},
    {.name = "TimestampPath", .value = path},
    {.name = "ToleratedFailureCount", .value = count},
    {.name = "ToleratedFailureCountPath", .value = path},
    {.name = "ToleratedFailurePercentage",
     .value = {.type = ValueType::number, .minimum = 0, .maximum = 100, .computable = true}},
    {.name = "ToleratedFailurePercentagePath", .value = path},
});

void check(const StateNode& state, const Document&, Findings& findings) {
  if (state.kind == nullptr) return;
  for (const json::Member& member : state.definition.members()) {
    const auto field = std::ranges::lower_bound(fields, member.key, {}, &FieldShape::name);
    if (field == fields.end() || field->name != member.key) continue;
    if (state.takes(member.key) || member.key == "Comment" || member.key == "QueryLanguage") {
      check_value(field->value, member.value, state.place / member.key, state.language, findings);
    }
  }
}

}  // namespace

const Rule state_values_rule = {.stage = Stage::values, .state = check};

}  // namespace stepwell::asl::validation
