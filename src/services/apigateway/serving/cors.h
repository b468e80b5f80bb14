#pragma once
// Cross-origin requests (API Gateway: "Configure CORS for HTTP APIs"): preflights are answered here, and answers get
// the headers that the API's configuration gives them in place of those of its backend.

#include "base/http.h"
#include "services/apigateway/serving/stage.h"

namespace stepwell::apigateway {

bool is_preflight(const http::Request& request);
http::Response preflight_answer(const Cors& cors, const http::Request& request);
// Of an answer to a request that a page of `origin` has made.
void add_cors(const Cors& cors, std::string_view origin, http::Response& response);

}  // namespace stepwell::apigateway
