// A state either goes on to the next or ends its block.
#include "lang/asl/validation/rule.h"
#include "lang/asl/validation/shape.h"

namespace stepwell::asl::validation {
namespace {

constexpr std::array<std::string_view, 2> fields = {"Next", "End"};

void check(const StateNode& state, const Document&, Findings& findings) {
  if (!state.takes("Next")) return;
  const json::Value* end = state.find("End");
  const bool ends = end != nullptr && end->is_boolean() && end->as_boolean();
  if (state.find("Next") != nullptr && !ends) return;
  if (state.find("Next") == nullptr && end != nullptr && !ends && end->is_boolean()) {
    findings
        .schema_error(state.place, fmt::format("This object should have only one of the following fields: [{}]",
                                               fmt::join(fields, ", ")))
        .hint = "'End' is false, so there must be a 'Next'";
    return;
  }
  check_exclusive(fields, true, state.definition, state.place, findings);
}

}  // namespace

const Rule next_or_end_rule = {.stage = Stage::fields, .state = check};

}  // namespace stepwell::asl::validation
