#include "services/apigateway/serving/cors.h"

#include <algorithm>

#include <fmt/format.h>

namespace stepwell::apigateway {
namespace {

// "*", "https://*" or an origin as it is.
bool fits(std::string_view allowed, std::string_view origin) {
  if (!allowed.ends_with('*')) return http::equals_ignoring_case(allowed, origin);
  allowed.remove_suffix(1);
  return http::equals_ignoring_case(allowed, origin.substr(0, allowed.size()));
}

// False: that origin may not.
bool add_origin(const Cors& cors, std::string_view origin, http::Headers& headers) {
  const auto allowed = [&](const std::string& each) { return fits(each, origin); };
  if (origin.empty() || std::ranges::none_of(cors.origins, allowed)) return false;
  const bool any = std::ranges::find(cors.origins, "*") != cors.origins.end();
  headers.add("access-control-allow-origin", any ? "*" : std::string(origin));
  if (!any) headers.add("vary", "origin");
  if (cors.credentials) headers.add("access-control-allow-credentials", "true");
  return true;
}

bool is_of_cors(std::string_view name) {
  constexpr std::string_view prefix = "access-control-";
  return http::equals_ignoring_case(name.substr(0, prefix.size()), prefix);
}

}  // namespace

bool is_preflight(const http::Request& request) {
  return request.method == "OPTIONS" && request.headers.contains("Origin") &&
         request.headers.contains("Access-Control-Request-Method");
}

http::Response preflight_answer(const Cors& cors, const http::Request& request) {
  http::Response response{.status = 204, .headers = {}, .body = {}};
  if (!add_origin(cors, request.headers.get("Origin"), response.headers)) return response;
  if (!cors.methods.empty()) response.headers.add("access-control-allow-methods", cors.methods);
  if (!cors.headers.empty()) response.headers.add("access-control-allow-headers", cors.headers);
  if (cors.max_age) response.headers.add("access-control-max-age", fmt::format("{}", *cors.max_age));
  return response;
}

void add_cors(const Cors& cors, std::string_view origin, http::Response& response) {
  http::Headers headers;
  for (const auto& [name, value] : response.headers.fields()) {
    if (!is_of_cors(name)) headers.add(name, value);
  }
  if (add_origin(cors, origin, headers) && !cors.exposed.empty()) {
    headers.add("access-control-expose-headers", cors.exposed);
  }
  response.headers = std::move(headers);
}

}  // namespace stepwell::apigateway
