#include "services/events/operations/destination.h"

namespace stepwell::events {

Task<Result<wire::Reply>> delete_api_destination(Events& events, wire::Call& call) {
  const auto lock = co_await events.registry.changes().lock();
  CO_TRY_ASSIGN(const ResourcePtr destination, find_resource(events, call, Shelf::destinations));
  CO_TRY(co_await events.registry.remove(Shelf::destinations, destination->place));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::events
