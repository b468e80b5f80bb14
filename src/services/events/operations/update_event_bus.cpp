#include "services/events/operations/support.h"

namespace stepwell::events {

Task<Result<wire::Reply>> update_event_bus(Events& events, wire::Call& call) {
  const auto lock = co_await events.registry.changes().lock();
  CO_TRY_ASSIGN(const Bus* bus, find_bus(events, call, "Name"));
  const Place place = bus->place();
  const json::Value given =
      pick(call.arena, call.input, {"Description", "KmsKeyIdentifier", "DeadLetterConfig", "LogConfig"});
  const json::Value now = millis(call.arena, events.clock.now());
  const json::Value changed = with(call.arena, read(call.arena, bus->document), given.members());
  const json::Value document =
      with(call.arena, changed, {{"Name", json::make_string(call.arena, place.name)}, {"Modified", now}});
  CO_TRY(co_await events.registry.save_bus(place, json::print(document)));
  const json::Value shown =
      pick(call.arena, document, {"Name", "KmsKeyIdentifier", "Description", "DeadLetterConfig", "LogConfig"});
  co_return reply_with(with(call.arena, shown, {{"Arn", json::make_string(call.arena, arn_of(place, "event-bus"))}}));
}

}  // namespace stepwell::events
