#pragma once
// What the operations on stages do in the same way.

#include "services/apigateway/operations/support.h"

namespace stepwell::apigateway {

inline constexpr std::string_view default_stage = "$default";

// A stage's document with all that a new one has.
json::Value new_stage(json::Arena& arena, const Draft& draft, const json::Value& given);
// Errors BadRequestException, NotFoundException.
Result<void> check_stage(const Draft& draft, const json::Value& stage);
// Whether the routes are there that a call gives settings of. Error NotFoundException.
Result<void> check_route_settings(const wire::Call& call, const Draft& draft);

}  // namespace stepwell::apigateway
