// The type of a state is one of the language's. Of a state of no type nothing else is said.
#include "lang/asl/validation/nearest.h"
#include "lang/asl/validation/rule.h"
#include "lang/asl/validation/shape.h"

namespace stepwell::asl::validation {
namespace {

// In AWS's order.
constexpr std::array<std::string_view, 8> types = {"Task", "Wait",   "Pass",     "Succeed",
                                                   "Fail", "Choice", "Parallel", "Map"};

void check(const StateNode& state, const Document&, Findings& findings) {
  if (state.kind != nullptr) return;
  const json::Value* type = state.find("Type");
  if (type == nullptr) {
    constexpr std::array<std::string_view, 1> missing = {"Type"};
    return report_missing(missing, state.place, findings);
  }
  const Place place = state.place / "Type";
  if (!check_value({.type = ValueType::string}, *type, place, state.language, findings)) return;
  findings
      .schema_error(place,
                    fmt::format("The field 'Type' should have one of these values: [{}]", fmt::join(types, ", ")))
      .hint = did_you_mean(type->as_string(), types);
}

}  // namespace

const Rule state_type_rule = {.stage = Stage::identity, .state = check};

}  // namespace stepwell::asl::validation
