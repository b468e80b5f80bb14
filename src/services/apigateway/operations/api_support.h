#pragma once
// What the operations on APIs themselves do in the same way.

#include "services/apigateway/operations/support.h"

namespace stepwell::apigateway {

// The document with apiId and the address that clients reach the API at.
json::Value show_api(const Gateway& gateway, json::Arena& arena, const Api& api);

// Error BadRequestException.
Result<void> check_cors(const json::Value& cors);

// Quick create: what `target`, `routeKey` and `credentialsArn` of the call make beside a new API (an integration, a
// route to it, the stage $default), or change of what they have made. Errors BadRequestException.
Result<void> quick_create(Draft& draft, const wire::Call& call);
Result<void> quick_update(Draft& draft, const wire::Call& call);

}  // namespace stepwell::apigateway
