#include "services/apigateway/operations/api_support.h"

#include "services/apigateway/integration.h"
#include "services/apigateway/operations/route_support.h"
#include "services/apigateway/operations/stage_support.h"

#include <algorithm>

namespace stepwell::apigateway {
namespace {

constexpr std::size_t id_length = 7;

bool has_any(const json::Value& cors, std::string_view name) {
  return std::ranges::any_of(elements_of(cors, name),
                             [](const json::Value& value) { return value.as_string() == "*"; });
}

// The integration of a target: a URL, or the ARN of a function.
json::Value target_integration(json::Arena& arena, const wire::Call& call, const json::Value& before) {
  const std::string_view target = call.text("target");
  json::Value made = before;
  if (!target.empty()) {
    const bool is_lambda = target.starts_with("arn:");
    made = with(arena, made,
                {{"integrationMethod", json::Value::string(is_lambda ? "POST" : "ANY")},
                 {"integrationType", json::Value::string(is_lambda ? "AWS_PROXY" : "HTTP_PROXY")},
                 {"integrationUri", json::Value::string(target)},
                 {"payloadFormatVersion", json::Value::string(is_lambda ? "2.0" : "1.0")}});
  }
  if (call.has("credentialsArn")) {
    made = with(arena, made, {{"credentialsArn", json::Value::string(call.text("credentialsArn"))}});
  }
  return made;
}

// The managed part of that kind; nullptr: there is none.
const Parts::value_type* managed(const Draft& draft, Kind kind, json::Arena& arena) {
  const auto found = std::ranges::find_if(draft.parts(), [&](const auto& part) {
    return part.first.first == kind && flag_of(read(arena, part.second), "apiGatewayManaged");
  });
  return found == draft.parts().end() ? nullptr : &*found;
}

}  // namespace

json::Value show_api(const Gateway& gateway, json::Arena& arena, const Api& api) {
  const std::string endpoint = fmt::format("{}/_aws/execute-api/{}", gateway.own_url(), api.id);
  return with(arena, read(arena, api.document),
              {{"apiEndpoint", json::make_string(arena, endpoint)}, {"apiId", json::make_string(arena, api.id)}});
}

Result<void> check_cors(const json::Value& cors) {
  if (flag_of(cors, "allowCredentials") && has_any(cors, "allowOrigins")) {
    return fail(errors::bad_request("allowCredentials is not supported for origin *"));
  }
  for (const json::Value& origin : elements_of(cors, "allowOrigins")) {
    const std::string_view text = origin.as_string();
    if (text != "*" && !text.contains("://")) {
      return fail(errors::bad_request(
          fmt::format("Invalid format for origin {}. Origin should be of the form scheme://host[:port]", text)));
    }
  }
  return {};
}

Result<void> quick_create(Draft& draft, const wire::Call& call) {
  json::Arena arena;
  const std::string integration_id = draft.new_id(id_length);
  const json::Value frame = json::ObjectBuilder(arena)
                                .add("apiGatewayManaged", true)
                                .add("connectionType", "INTERNET")
                                .add("integrationId", integration_id)
                                .add("timeoutInMillis", longest_integration)
                                .build();
  const json::Value integration = target_integration(arena, call, frame);
  TRY(Integration::read(integration));
  draft.put(Kind::integration, integration_id, json::print(integration));
  const std::string route_id = draft.new_id(id_length);
  const json::Value route = json::ObjectBuilder(arena)
                                .add("apiGatewayManaged", true)
                                .add("apiKeyRequired", false)
                                .add("authorizationType", "NONE")
                                .add("routeId", route_id)
                                .add("routeKey", call.has("routeKey") ? call.text("routeKey") : default_route)
                                .add("target", fmt::format("integrations/{}", integration_id))
                                .build();
  TRY(check_route(draft, route, route_id));
  draft.put(Kind::route, route_id, json::print(route));
  const json::Value stage = json::ObjectBuilder(arena)
                                .add("apiGatewayManaged", true)
                                .add("autoDeploy", true)
                                .add("stageName", default_stage)
                                .build();
  draft.put(Kind::stage, default_stage, json::print(new_stage(arena, draft, stage)));
  return {};
}

Result<void> quick_update(Draft& draft, const wire::Call& call) {
  if (!call.has("target") && !call.has("routeKey") && !call.has("credentialsArn")) return {};
  json::Arena arena;
  const auto* integration = managed(draft, Kind::integration, arena);
  const auto* route = managed(draft, Kind::route, arena);
  if (integration == nullptr || route == nullptr) {
    return fail(
        errors::bad_request("Quick create settings can only be updated for APIs that were made by quick create"));
  }
  const json::Value made = target_integration(arena, call, read(arena, integration->second));
  TRY(Integration::read(made));
  draft.put(Kind::integration, std::string(integration->first.second), json::print(made));
  if (!call.has("routeKey")) return {};
  const std::string id = route->first.second;
  const json::Value moved =
      with(arena, read(arena, route->second), {{"routeKey", json::Value::string(call.text("routeKey"))}});
  TRY(check_route(draft, moved, id));
  draft.put(Kind::route, id, json::print(moved));
  return {};
}

}  // namespace stepwell::apigateway
