#pragma once
// What the operations of API destinations have in common.

#include "services/events/operations/support.h"

namespace stepwell::events {

// The connection that ConnectionArn of the call names is there. Error ResourceNotFoundException.
Result<void> check_connection_of(Events& events, const wire::Call& call);
// The members of ApiDestination. One whose connection does not let requests in is INACTIVE.
json::Value show_destination(json::Arena& arena, const Events& events, const json::Value& document);
// Those of them that answer a change.
json::Value show_change(json::Arena& arena, const Events& events, const json::Value& document);

}  // namespace stepwell::events
