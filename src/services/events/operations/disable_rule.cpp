#include "services/events/operations/switch_rule.h"

namespace stepwell::events {

Task<Result<wire::Reply>> disable_rule(Events& events, wire::Call& call) {
  return switch_rule(events, call, "DISABLED");
}

}  // namespace stepwell::events
