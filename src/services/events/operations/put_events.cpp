#include "services/events/event.h"
#include "services/events/operations/support.h"
#include "store/commit.h"

namespace stepwell::events {
namespace {

json::Value show_failure(json::Arena& arena, const Error& error) {
  return json::ObjectBuilder(arena).add("ErrorCode", error.code).add("ErrorMessage", error.message).build();
}

}  // namespace

Result<wire::Reply> fold_put_events(Events& events, wire::Call& call, store::Batch& batch) {
  if (call.has("EndpointId")) return fail(errors::not_implemented("A global endpoint"));
  const auto entries = elements_of(call.input, "Entries");
  std::size_t bytes = 0;
  for (const json::Value& entry : entries) bytes += size_of(entry);
  if (bytes > max_entries_bytes) {
    return fail(errors::invalid("Total size of the entries in the request is over the limit."));
  }
  // Whoever calls has a request id; only the server's own events have none.
  const Sender sender = call.caller.request_id.empty() ? Sender::server : Sender::outside;
  const Timestamp now = events.clock.now();
  std::vector<json::Value> results;
  std::int64_t failed = 0;
  for (const json::Value& entry : entries) {
    const Place place = bus_place(call.caller, text_of(entry, "EventBusName"));
    const std::string_view id = call.arena.copy(make_uuid(events.random));
    const auto event = read_entry(call.arena, entry, place, sender, id, now);
    if (!event) {
      ++failed;
      results.push_back(show_failure(call.arena, event.error()));
      continue;
    }
    // As on AWS, an event for a bus that is not there is taken, and gone.
    if (const Bus* bus = events.registry.find_bus(place)) TRY(events.router.route(call.arena, *bus, *event, batch));
    results.push_back(json::ObjectBuilder(call.arena).add("EventId", id).build());
  }
  return reply_with(json::ObjectBuilder(call.arena)
                        .add("FailedEntryCount", failed)
                        .add("Entries", json::make_array(call.arena, results))
                        .build());
}

Task<Result<wire::Reply>> put_events(Events& events, wire::Call& call) {
  store::Batch batch;
  CO_TRY_ASSIGN(wire::Reply reply, fold_put_events(events, call, batch));
  if (!batch.empty()) CO_TRY(co_await store::commit(events.store, events.scheduler, std::move(batch)));
  co_return reply;
}

}  // namespace stepwell::events
