#pragma once
// What the operations of connections have in common.

#include "services/events/operations/support.h"

namespace stepwell::events {

// AuthParameters for an AuthorizationType. Errors "ValidationException", "NotImplemented".
Result<void> check_connection(const json::Value& document);
// AuthParameters as they are shown: without passwords, keys, secrets and values that are marked as such.
json::Value without_secrets(json::Arena& arena, const json::Value& parameters);
// The members that say how a connection is doing: ConnectionArn, ConnectionState and dates.
json::Value show_state(json::Arena& arena, const json::Value& document);

}  // namespace stepwell::events
