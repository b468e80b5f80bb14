#include "services/events/operations/destination.h"

namespace stepwell::events {

Task<Result<wire::Reply>> update_api_destination(Events& events, wire::Call& call) {
  const auto lock = co_await events.registry.changes().lock();
  CO_TRY_ASSIGN(const ResourcePtr destination, find_resource(events, call, Shelf::destinations));
  CO_TRY(check_connection_of(events, call));
  const json::Value given =
      pick(call.arena, call.input,
           {"Description", "ConnectionArn", "InvocationEndpoint", "HttpMethod", "InvocationRateLimitPerSecond"});
  const json::Value changed = with(call.arena, read(call.arena, destination->document), given.members());
  const json::Value document = with(call.arena, changed, {{"Modified", millis(call.arena, events.clock.now())}});
  CO_TRY(co_await events.registry.save(Shelf::destinations, {destination->place, json::print(document)}));
  co_return reply_with(show_change(call.arena, events, document));
}

}  // namespace stepwell::events
