#include "services/apigateway/operations/route_support.h"

namespace stepwell::apigateway {
namespace {

constexpr std::string_view integrations = "integrations/";

Result<void> check_authorizer(const Draft& draft, const json::Value& route) {
  const std::string_view type = text_of(route, "authorizationType");
  const std::string_view id = text_of(route, "authorizerId");
  if (type != "JWT" && type != "CUSTOM") {
    if (!elements_of(route, "authorizationScopes").empty()) {
      return fail(errors::bad_request("Authorization scopes are only supported for routes with JWT authorization"));
    }
    return {};
  }
  const std::string* document = id.empty() ? nullptr : draft.find(Kind::authorizer, id);
  if (document == nullptr) {
    return fail(
        errors::bad_request(fmt::format("Invalid authorizer ID specified. Setting the authorization type to "
                                        "CUSTOM or JWT requires a valid authorizer.")));
  }
  json::Arena arena;
  const bool is_jwt = text_of(read(arena, *document), "authorizerType") == "JWT";
  if (is_jwt != (type == "JWT")) {
    return fail(errors::bad_request(
        fmt::format("Authorizer type {} does not fit the authorization type {}", is_jwt ? "JWT" : "REQUEST", type)));
  }
  return {};
}

}  // namespace

std::string_view integration_of(const json::Value& route) {
  const std::string_view target = text_of(route, "target");
  return target.starts_with(integrations) ? target.substr(integrations.size()) : std::string_view{};
}

Result<void> check_route(const Draft& draft, const json::Value& route, std::string_view id) {
  const std::string_view key = text_of(route, "routeKey");
  if (!RouteKey::parse(key)) {
    return fail(
        errors::bad_request("The provided route key is not formatted properly for HTTP protocol. Format should "
                            "be \"<HTTP METHOD> /<RESOURCE PATH>\" or \"$default\""));
  }
  json::Arena arena;
  for (const auto& [place, document] : draft.parts()) {
    if (place.first != Kind::route || place.second == id) continue;
    if (text_of(read(arena, document), "routeKey") == key) {
      return fail(errors::conflict(fmt::format("Route with key {} already exists for this API", key)));
    }
  }
  if (!text_of(route, "target").empty()) {
    const std::string_view integration = integration_of(route);
    if (integration.empty())
      return fail(errors::bad_request("Invalid target specified. Format should be integrations/<integration id>"));
    if (draft.find(Kind::integration, integration) == nullptr)
      return fail(part_not_found(Kind::integration, integration));
  }
  return check_authorizer(draft, route);
}

}  // namespace stepwell::apigateway
