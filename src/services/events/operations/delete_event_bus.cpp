#include "services/events/operations/support.h"

namespace stepwell::events {

Task<Result<wire::Reply>> delete_event_bus(Events& events, wire::Call& call) {
  const auto lock = co_await events.registry.changes().lock();
  const Place place = bus_place(call.caller, call.text("Name"));
  if (place.name == default_bus) co_return fail(errors::invalid("Cannot delete event bus default."));
  const Bus* bus = events.registry.find_bus(place);
  if (bus == nullptr) co_return reply_with_nothing(call);
  if (!bus->rules().empty()) co_return fail(errors::invalid("Event bus can't be deleted since it has rules."));
  CO_TRY(co_await events.registry.remove_bus(place));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::events
