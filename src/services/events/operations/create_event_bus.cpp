#include "services/events/operations/support.h"

namespace stepwell::events {

Task<Result<wire::Reply>> create_event_bus(Events& events, wire::Call& call) {
  const auto lock = co_await events.registry.changes().lock();
  const std::string_view name = call.text("Name");
  if (call.has("EventSourceName") || name.starts_with("aws.partner/")) {
    co_return fail(errors::not_found(fmt::format("Event source {} does not exist.", call.text("EventSourceName"))));
  }
  if (name.contains('/')) {
    co_return fail(errors::invalid("Event bus name must not contain '/'."));
  }
  const Place place = place_of(call.caller, name);
  if (events.registry.find_bus(place) != nullptr) {
    co_return fail(errors::exists(fmt::format("Event bus {} already exists.", name)));
  }
  if (events.registry.buses(call.caller).size() >= Registry::max_buses) co_return fail(errors::limit_exceeded());
  CO_TRY_ASSIGN(const json::Value tags, add_tags(call.arena, {}, elements_of(call.input, "Tags")));
  const json::Value now = millis(call.arena, events.clock.now());
  const json::Value document =
      with(call.arena,
           pick(call.arena, call.input, {"Name", "Description", "KmsKeyIdentifier", "DeadLetterConfig", "LogConfig"}),
           {{"Tags", tags}, {"Created", now}, {"Modified", now}});
  CO_TRY(co_await events.registry.save_bus(place, json::print(document)));
  const json::Value shown =
      pick(call.arena, document, {"Description", "KmsKeyIdentifier", "DeadLetterConfig", "LogConfig"});
  co_return reply_with(
      with(call.arena, shown, {{"EventBusArn", json::make_string(call.arena, arn_of(place, "event-bus"))}}));
}

}  // namespace stepwell::events
