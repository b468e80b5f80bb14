#include "services/events/operations/connection.h"

namespace stepwell::events {

Task<Result<wire::Reply>> list_connections(Events& events, wire::Call& call) {
  std::vector<Item> items;
  for (const ResourcePtr& connection : events.registry.all(Shelf::connections, call.caller)) {
    const json::Value document = read(call.arena, connection->document);
    if (call.has("ConnectionState") && call.text("ConnectionState") != text_of(document, "ConnectionState")) continue;
    items.push_back({connection->place.name, [&call, document] {
                       return with(call.arena, pick(call.arena, document, {"Name", "AuthorizationType"}),
                                   show_state(call.arena, document).members());
                     }});
  }
  co_return reply_with_page(call, "Connections", items);
}

}  // namespace stepwell::events
