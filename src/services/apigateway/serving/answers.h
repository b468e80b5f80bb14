#pragma once
// What API Gateway answers by itself: {"message":"Not Found"}.

#include "base/http.h"

#include <string_view>

#include <fmt/format.h>

namespace stepwell::apigateway {

inline http::Response message_answer(int status, std::string_view message) {
  http::Response response{.status = status, .headers = {}, .body = fmt::format("{{\"message\":\"{}\"}}", message)};
  response.headers.add("Content-Type", "application/json");
  return response;
}
inline http::Response not_found_answer() { return message_answer(404, "Not Found"); }
inline http::Response unauthorized_answer() { return message_answer(401, "Unauthorized"); }
inline http::Response forbidden_answer() { return message_answer(403, "Forbidden"); }
inline http::Response throttled_answer() { return message_answer(429, "Too Many Requests"); }
inline http::Response failed_answer() { return message_answer(500, "Internal Server Error"); }
inline http::Response unavailable_answer() { return message_answer(503, "Service Unavailable"); }

}  // namespace stepwell::apigateway
