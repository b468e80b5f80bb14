#include "services/events/operations/show_bus.h"

namespace stepwell::events {

Task<Result<wire::Reply>> list_event_buses(Events& events, wire::Call& call) {
  std::vector<Item> items;
  for (const Bus* bus : events.registry.buses(call.caller)) {
    items.push_back({bus->place().name, [&call, bus] { return show_bus(call.arena, *bus); }});
  }
  co_return reply_with_page(call, "EventBuses", items);
}

}  // namespace stepwell::events
