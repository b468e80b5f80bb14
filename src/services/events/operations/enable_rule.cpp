#include "services/events/operations/switch_rule.h"

namespace stepwell::events {

Task<Result<wire::Reply>> enable_rule(Events& events, wire::Call& call) { return switch_rule(events, call, "ENABLED"); }

}  // namespace stepwell::events
