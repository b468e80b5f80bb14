#include "services/events/operations/connection.h"

namespace stepwell::events {

Task<Result<wire::Reply>> describe_connection(Events& events, wire::Call& call) {
  CO_TRY_ASSIGN(const ResourcePtr connection, find_resource(events, call, Shelf::connections));
  const json::Value document = read(call.arena, connection->document);
  const json::Value shown =
      pick(call.arena, document, {"Name", "Description", "AuthorizationType", "SecretArn", "KmsKeyIdentifier"});
  co_return reply_with(with(call.arena, with(call.arena, shown, show_state(call.arena, document).members()),
                            {{"AuthParameters", without_secrets(call.arena, object_of(document, "AuthParameters"))}}));
}

}  // namespace stepwell::events
