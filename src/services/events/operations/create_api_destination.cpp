#include "services/events/operations/destination.h"

namespace stepwell::events {
namespace {
constexpr std::int64_t usual_rate = 300;
}

Task<Result<wire::Reply>> create_api_destination(Events& events, wire::Call& call) {
  const auto lock = co_await events.registry.changes().lock();
  const Place place = place_of(call.caller, call.text("Name"));
  if (events.registry.find(Shelf::destinations, place) != nullptr) {
    co_return fail(errors::exists(fmt::format("An api-destination '{}' already exists.", place.name)));
  }
  if (events.registry.all(Shelf::destinations, call.caller).size() >= Registry::max_resources) {
    co_return fail(errors::limit_exceeded());
  }
  CO_TRY(check_connection_of(events, call));
  const json::Value now = millis(call.arena, events.clock.now());
  const std::string arn = fmt::format("{}/{}", arn_of(place, "api-destination"), make_uuid(events.random));
  const std::int64_t rate = call.integer("InvocationRateLimitPerSecond").value_or(usual_rate);
  const json::Value document =
      with(call.arena,
           pick(call.arena, call.input, {"Name", "Description", "ConnectionArn", "InvocationEndpoint", "HttpMethod"}),
           {{"ApiDestinationArn", json::Value::string(arn)},
            {"InvocationRateLimitPerSecond", json::Value::integer(call.arena, rate)},
            {"Created", now},
            {"Modified", now}});
  CO_TRY(co_await events.registry.save(Shelf::destinations, {place, json::print(document)}));
  // The ARN is of this function; the answer outlives it.
  co_return reply_with(show_change(call.arena, events, read(call.arena, json::print(document))));
}

}  // namespace stepwell::events
