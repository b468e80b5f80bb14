#include "services/events/operations/connection.h"

namespace stepwell::events {

Task<Result<wire::Reply>> create_connection(Events& events, wire::Call& call) {
  const auto lock = co_await events.registry.changes().lock();
  const Place place = place_of(call.caller, call.text("Name"));
  if (events.registry.find(Shelf::connections, place) != nullptr) {
    co_return fail(errors::exists(fmt::format("Connection {} already exists.", place.name)));
  }
  if (events.registry.all(Shelf::connections, call.caller).size() >= Registry::max_resources) {
    co_return fail(errors::limit_exceeded());
  }
  CO_TRY(check_connection(call.input));
  const json::Value now = millis(call.arena, events.clock.now());
  const std::string arn = fmt::format("{}/{}", arn_of(place, "connection"), make_uuid(events.random));
  const std::string secret = fmt::format("arn:aws:secretsmanager:{}:{}:secret:events!connection/{}/{}", place.region,
                                         place.account, place.name, make_uuid(events.random));
  const json::Value document = with(
      call.arena,
      pick(call.arena, call.input, {"Name", "Description", "AuthorizationType", "AuthParameters", "KmsKeyIdentifier"}),
      {{"ConnectionArn", json::Value::string(arn)},
       {"ConnectionState", json::Value::string("AUTHORIZED")},
       {"SecretArn", json::Value::string(secret)},
       {"Created", now},
       {"Modified", now},
       {"Authorized", now}});
  CO_TRY(co_await events.registry.save(Shelf::connections, {place, json::print(document)}));
  co_return reply_with(with(call.arena, show_state(call.arena, read(call.arena, json::print(document))),
                            {{"LastAuthorizedTime", json::Value()}}));
}

}  // namespace stepwell::events
