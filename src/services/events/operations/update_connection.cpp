#include "services/events/operations/connection.h"

namespace stepwell::events {
namespace {

// New parameters of another type take the place of all that let requests in before; others of those that they name.
json::Value auth_parameters(json::Arena& arena, const json::Value& before, const wire::Call& call) {
  const json::Value given = object_of(call.input, "AuthParameters");
  const bool same =
      !call.has("AuthorizationType") || call.text("AuthorizationType") == text_of(before, "AuthorizationType");
  const json::Value kept = object_of(before, "AuthParameters");
  return with(arena, same ? kept : pick(arena, kept, {"InvocationHttpParameters"}), given.members());
}

}  // namespace

Task<Result<wire::Reply>> update_connection(Events& events, wire::Call& call) {
  const auto lock = co_await events.registry.changes().lock();
  CO_TRY_ASSIGN(const ResourcePtr connection, find_resource(events, call, Shelf::connections));
  const json::Value before = read(call.arena, connection->document);
  const json::Value given =
      pick(call.arena, call.input,
           {"Description", "AuthorizationType", "KmsKeyIdentifier", "InvocationConnectivityParameters"});
  const json::Value now = millis(call.arena, events.clock.now());
  const json::Value document = with(call.arena, with(call.arena, before, given.members()),
                                    {{"AuthParameters", auth_parameters(call.arena, before, call)},
                                     {"ConnectionState", json::Value::string("AUTHORIZED")},
                                     {"Modified", now},
                                     {"Authorized", now}});
  CO_TRY(check_connection(document));
  CO_TRY(co_await events.registry.save(Shelf::connections, {connection->place, json::print(document)}));
  co_return reply_with(show_state(call.arena, document));
}

}  // namespace stepwell::events
