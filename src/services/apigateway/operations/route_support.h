#pragma once
// What the operations on routes do in the same way.

#include "services/apigateway/operations/support.h"
#include "services/apigateway/routes/route_key.h"

namespace stepwell::apigateway {

// Whether the route can stand in the API: its key, its target, its authorizer. Errors BadRequestException,
// ConflictException, NotFoundException.
Result<void> check_route(const Draft& draft, const json::Value& route, std::string_view id);

// "integrations/abc1234": abc1234; empty: it is none.
std::string_view integration_of(const json::Value& route);

}  // namespace stepwell::apigateway
