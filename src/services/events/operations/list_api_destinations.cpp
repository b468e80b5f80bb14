#include "services/events/operations/destination.h"

namespace stepwell::events {

Task<Result<wire::Reply>> list_api_destinations(Events& events, wire::Call& call) {
  std::vector<Item> items;
  for (const ResourcePtr& destination : events.registry.all(Shelf::destinations, call.caller)) {
    const json::Value document = read(call.arena, destination->document);
    if (call.has("ConnectionArn") && call.text("ConnectionArn") != text_of(document, "ConnectionArn")) continue;
    items.push_back({destination->place.name,
                     [&events, &call, document] { return show_destination(call.arena, events, document); }});
  }
  co_return reply_with_page(call, "ApiDestinations", items);
}

}  // namespace stepwell::events
