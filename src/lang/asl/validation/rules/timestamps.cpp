// The moment until which a Wait state waits.
#include "lang/asl/validation/paths.h"
#include "lang/asl/validation/rule.h"

namespace stepwell::asl::validation {
namespace {

void check(const StateNode& state, const Document&, Findings& findings) {
  const json::Value* timestamp = state.takes("Timestamp") ? state.find("Timestamp") : nullptr;
  if (timestamp != nullptr) check_timestamp(*timestamp, state.language, state.place / "Timestamp", findings);
}

}  // namespace

const Rule timestamps_rule = {.stage = Stage::contents, .state = check};

}  // namespace stepwell::asl::validation
