// The retriers of a state (spec §1.7).
#include "lang/asl/validation/error_names.h"
#include "lang/asl/validation/rule.h"
#include "lang/asl/validation/shape.h"

namespace stepwell::asl::validation {
namespace {

constexpr std::array<std::string_view, 2> strategies = {"NONE", "FULL"};
constexpr double max_attempts = 99'999'999;
constexpr double max_delay_seconds = 31'622'400;  // 366 days

// AWS takes an interval of 0, which the language specification does not know.
constexpr auto fields = std::to_array<FieldShape>({
    {.name = "ErrorEquals", .required = true},
    {.name = "IntervalSeconds", .value = {.type = ValueType::integer, .minimum = 0, .maximum = max_attempts}},
    {.name = "MaxAttempts", .value = {.type = ValueType::integer, .minimum = 0, .maximum = max_attempts}},
    {.name = "BackoffRate", .value = {.type = ValueType::number, .minimum = 1}},
    {.name = "MaxDelaySeconds", .value = {.type = ValueType::integer, .minimum = 1, .maximum = max_delay_seconds}},
    {.name = "JitterStrategy", .value = {.type = ValueType::string, .one_of = strategies}},
    {.name = "Comment", .value = {.type = ValueType::string}},
});

double number_or(const json::Value* value, double otherwise) {
  return value != nullptr && value->is_number() ? value->as_double() : otherwise;
}

void check(const StateNode& state, const Document&, Findings& findings) {
  const json::Value* retriers = state.takes("Retry") ? state.find("Retry") : nullptr;
  if (retriers == nullptr || !retriers->is_array()) return;
  for (std::size_t i = 0; i < retriers->size() && !findings.is_full(); ++i) {
    const json::Value& retrier = retriers->elements()[i];
    const Place place = (state.place / "Retry")[i];
    if (!check_object(fields, retrier, place, state.language, findings)) continue;
    const IsLast last = i + 1 == retriers->size() ? IsLast::yes : IsLast::no;
    check_error_names(retrier.find("ErrorEquals"), last, place / "ErrorEquals", findings);
    const json::Value* longest = retrier.find("MaxDelaySeconds");
    if (longest != nullptr && number_or(longest, 0) <= number_or(retrier.find("IntervalSeconds"), 1) &&
        number_or(longest, 0) >= 1) {
      findings.schema_error(place / "MaxDelaySeconds", "MaxDelaySeconds must be greater than IntervalSeconds");
    }
  }
}

}  // namespace

const Rule retriers_rule = {.stage = Stage::contents, .state = check};

}  // namespace stepwell::asl::validation
