// A heartbeat that comes no sooner than the timeout would never be missed.
#include "lang/asl/validation/rule.h"

namespace stepwell::asl::validation {
namespace {

void check(const StateNode& state, const Document&, Findings& findings) {
  if (!state.takes("HeartbeatSeconds")) return;
  const json::Value* heartbeat = state.find("HeartbeatSeconds");
  const json::Value* timeout = state.find("TimeoutSeconds");
  if (heartbeat == nullptr || timeout == nullptr || !heartbeat->is_number() || !timeout->is_number()) return;
  if (heartbeat->as_double() < timeout->as_double()) return;
  findings.schema_error(state.place / "HeartbeatSeconds", "HeartbeatSeconds must be smaller than TimeoutSeconds");
}

}  // namespace

const Rule heartbeats_rule = {.stage = Stage::contents, .state = check};

}  // namespace stepwell::asl::validation
