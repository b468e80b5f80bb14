#include "services/events/operations/destination.h"

namespace stepwell::events {

Task<Result<wire::Reply>> describe_api_destination(Events& events, wire::Call& call) {
  CO_TRY_ASSIGN(const ResourcePtr destination, find_resource(events, call, Shelf::destinations));
  const json::Value document = read(call.arena, destination->document);
  const json::Value more = pick(call.arena, document, {"Description"});
  co_return reply_with(with(call.arena, show_destination(call.arena, events, document), more.members()));
}

}  // namespace stepwell::events
