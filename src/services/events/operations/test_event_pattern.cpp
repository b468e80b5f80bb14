#include "services/events/operations/support.h"

namespace stepwell::events {

Task<Result<wire::Reply>> test_event_pattern(Events& /*events*/, wire::Call& call) {
  CO_TRY_ASSIGN(const event_pattern::Pattern pattern, compile_pattern(call.text("EventPattern")));
  const auto event = json::parse(call.arena, call.text("Event"));
  if (!event || !event->is_object()) co_return fail(errors::invalid("Parameter Event is not valid."));
  co_return reply_with(json::ObjectBuilder(call.arena).add("Result", event_pattern::matches(pattern, *event)).build());
}

}  // namespace stepwell::events
