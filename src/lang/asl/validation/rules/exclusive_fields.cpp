// Fields of which a state has one at most: a constant or the path to it, a new name or the old one.
#include "lang/asl/validation/rule.h"
#include "lang/asl/validation/shape.h"

namespace stepwell::asl::validation {
namespace {

constexpr std::array<std::array<std::string_view, 2>, 8> pairs = {{
    {"TimeoutSeconds", "TimeoutSecondsPath"},
    {"HeartbeatSeconds", "HeartbeatSecondsPath"},
    {"MaxConcurrency", "MaxConcurrencyPath"},
    {"ToleratedFailureCount", "ToleratedFailureCountPath"},
    {"ToleratedFailurePercentage", "ToleratedFailurePercentagePath"},
    {"Error", "ErrorPath"},
    {"Cause", "CausePath"},
    {"ItemSelector", "Parameters"},
}};
constexpr std::array<std::string_view, 2> processors = {"ItemProcessor", "Iterator"};
constexpr std::array<std::string_view, 4> times = {"SecondsPath", "Seconds", "TimestampPath", "Timestamp"};

void check(const StateNode& state, const Document&, Findings& findings) {
  for (const auto& pair : pairs) {
    if (state.takes(pair[0])) check_exclusive(pair, false, state.definition, state.place, findings);
  }
  if (state.is(map_state)) check_exclusive(processors, true, state.definition, state.place, findings);
  if (state.is(wait_state)) check_exclusive(times, true, state.definition, state.place, findings);
}

}  // namespace

const Rule exclusive_fields_rule = {.stage = Stage::fields, .state = check};

}  // namespace stepwell::asl::validation
