#include "services/apigateway/operations/stage_support.h"

#include "wire/arn.h"

#include <algorithm>
#include <set>
#include <string>

namespace stepwell::apigateway {
namespace {

bool is_name(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

bool is_variable(const json::Member& variable) {
  constexpr std::string_view others = "-._~:/?#&=,";
  const std::string_view value = variable.value.is_string() ? variable.value.as_string() : "";
  const bool good_value = std::ranges::all_of(value, [&](char c) { return is_name({&c, 1}) || others.contains(c); });
  return !variable.key.empty() && is_name(variable.key) && good_value;
}

Result<void> check_log(const json::Value& settings) {
  const auto arn = wire::Arn::parse(text_of(settings, "destinationArn"));
  if (arn && arn->service == "firehose") return fail(errors::not_implemented("Access logging to Firehose"));
  if (!arn || arn->service != "logs" || !arn->resource.starts_with("log-group:")) {
    return fail(
        errors::bad_request("Invalid ARN specified in the request. Only CloudWatch Logs log group ARNs are supported"));
  }
  if (!text_of(settings, "format").contains("$context.requestId")) {
    return fail(errors::bad_request("Access Log format must contain $context.requestId"));
  }
  return {};
}

}  // namespace

json::Value new_stage(json::Arena& arena, const Draft& draft, const json::Value& given) {
  const json::Value now = json::make_string(arena, draft.now());
  const json::Value nothing = json::ObjectBuilder(arena).build();
  const json::Value usual = json::ObjectBuilder(arena).add("detailedMetricsEnabled", false).build();
  return with_defaults(arena, given,
                       {{"autoDeploy", json::Value::boolean(false)},
                        {"createdDate", now},
                        {"defaultRouteSettings", usual},
                        {"lastUpdatedDate", now},
                        {"routeSettings", nothing},
                        {"stageVariables", nothing},
                        {"tags", nothing}});
}

Result<void> check_stage(const Draft& draft, const json::Value& stage) {
  const std::string_view name = text_of(stage, "stageName");
  if (name != default_stage && !is_name(name)) {
    return fail(errors::bad_request("Stage name only allows a-zA-Z0-9_- and $default"));
  }
  const std::string_view deployment = text_of(stage, "deploymentId");
  if (!deployment.empty() && draft.find(Kind::deployment, deployment) == nullptr) {
    return fail(errors::bad_request("Invalid deployment identifier specified"));
  }
  for (const json::Member& variable : object_of(stage, "stageVariables").members()) {
    if (!is_variable(variable)) {
      return fail(errors::bad_request(fmt::format("Invalid stage variable specified: {}", variable.key)));
    }
  }
  if (const json::Value* log = stage.find("accessLogSettings")) return check_log(*log);
  return {};
}

Result<void> check_route_settings(const wire::Call& call, const Draft& draft) {
  const json::Value* settings = call.member("routeSettings");
  if (settings == nullptr || settings->size() == 0) return {};
  json::Arena arena;
  std::set<std::string, std::less<>> keys;
  for (const auto& [place, document] : draft.parts()) {
    if (place.first == Kind::route) keys.emplace(text_of(read(arena, document), "routeKey"));
  }
  for (const json::Member& of_route : settings->members()) {
    if (keys.contains(of_route.key)) continue;
    return fail(errors::not_found(
        fmt::format("Unable to find Route by key {} within the provided RouteSettings", of_route.key)));
  }
  return {};
}

}  // namespace stepwell::apigateway
