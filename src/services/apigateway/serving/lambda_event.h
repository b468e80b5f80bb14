#pragma once
// What a function is given of a request: payload formats 1.0 and 2.0 (API Gateway: "Create AWS Lambda proxy
// integrations for HTTP APIs"), of integrations and of authorizers.

#include "services/apigateway/serving/exchange.h"

#include <span>
#include <string>

namespace stepwell::apigateway {

// `version` is 1 or 2.
std::string integration_event(const Exchange& exchange, int version);
// `identity` are the values of the authorizer's identity sources.
std::string authorizer_event(const Exchange& exchange, int version, std::span<const std::string> identity);

// Whether bodies of that content type travel as text; others are in base64.
bool is_text(std::string_view content_type);

}  // namespace stepwell::apigateway
