#include "services/events/operations/connection.h"

namespace stepwell::events {

Task<Result<wire::Reply>> delete_connection(Events& events, wire::Call& call) {
  const auto lock = co_await events.registry.changes().lock();
  CO_TRY_ASSIGN(const ResourcePtr connection, find_resource(events, call, Shelf::connections));
  const json::Value document = read(call.arena, connection->document);
  CO_TRY(co_await events.registry.remove(Shelf::connections, connection->place));
  events.authorizer.forget(std::string(text_of(document, "ConnectionArn")));
  co_return reply_with(
      with(call.arena, show_state(call.arena, document), {{"ConnectionState", json::Value::string("DELETING")}}));
}

}  // namespace stepwell::events
