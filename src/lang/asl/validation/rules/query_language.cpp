// A machine of JSONata has no states of JSONPath.
#include "lang/asl/validation/rule.h"

namespace stepwell::asl::validation {
namespace {

void check(const StateNode& state, const Document&, Findings& findings) {
  if (!state.downgraded) return;
  findings
      .schema_error(state.place, "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine")
      .pointer = (state.place / "QueryLanguage").pointer();
}

}  // namespace

const Rule query_language_rule = {.stage = Stage::fields, .state = check};

}  // namespace stepwell::asl::validation
