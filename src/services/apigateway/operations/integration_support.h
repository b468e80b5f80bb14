#pragma once
// What the operations on integrations do in the same way.

#include "services/apigateway/operations/support.h"

namespace stepwell::apigateway {

// Errors BadRequestException, NotImplemented.
Result<void> check_integration(const wire::Call& call, const json::Value& integration);

}  // namespace stepwell::apigateway
