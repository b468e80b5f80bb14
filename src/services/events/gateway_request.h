#pragma once
// Requests to HTTP APIs that rules name by ARN: arn:aws:execute-api:<region>:<account>:<api>/<stage>/<METHOD>/<path>,
// each * of the path being one of the target's path parameters.

#include "base/error.h"
#include "lang/json/value.h"
#include "services/deliveries/delivery.h"
#include "wire/arn.h"

#include <string>

namespace stepwell::events {

// `target` is of the shape Target. Error "ValidationException".
Result<deliveries::HttpRequest> gateway_request(const wire::Arn& api, const json::Value& target, std::string body);

}  // namespace stepwell::events
