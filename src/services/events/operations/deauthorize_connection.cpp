#include "services/events/operations/connection.h"

namespace stepwell::events {

Task<Result<wire::Reply>> deauthorize_connection(Events& events, wire::Call& call) {
  const auto lock = co_await events.registry.changes().lock();
  CO_TRY_ASSIGN(const ResourcePtr connection, find_resource(events, call, Shelf::connections));
  const json::Value document = with(call.arena, read(call.arena, connection->document),
                                    {{"AuthParameters", json::ObjectBuilder(call.arena).build()},
                                     {"ConnectionState", json::Value::string("DEAUTHORIZED")},
                                     {"Modified", millis(call.arena, events.clock.now())}});
  CO_TRY(co_await events.registry.save(Shelf::connections, {connection->place, json::print(document)}));
  events.authorizer.forget(std::string(text_of(document, "ConnectionArn")));
  co_return reply_with(show_state(call.arena, document));
}

}  // namespace stepwell::events
