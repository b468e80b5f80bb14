#pragma once
// What a function's answer means for the client (payload formats 1.0 and 2.0).

#include "base/http.h"

#include <optional>
#include <string_view>

namespace stepwell::apigateway {

// nullopt: it is no answer of that format; the client gets status 500.
std::optional<http::Response> lambda_answer(std::string_view payload, int version);

}  // namespace stepwell::apigateway
