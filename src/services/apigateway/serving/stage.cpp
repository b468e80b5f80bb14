#include "services/apigateway/serving/stage.h"

#include "lang/json/documents.h"
#include "lang/json/parse.h"
#include "wire/arn.h"

#include <fmt/format.h>

namespace stepwell::apigateway {
namespace {

using json::elements_of;
using json::object_of;
using json::text_of;

std::string list_of(const json::Value& object, std::string_view name) {
  std::string text;
  for (const json::Value& element : elements_of(object, name)) {
    if (!text.empty()) text += ',';
    text += element.as_string();
  }
  return text;
}

Cors read_cors(const json::Value& document) {
  Cors cors;
  for (const json::Value& origin : elements_of(document, "allowOrigins")) cors.origins.emplace_back(origin.as_string());
  cors.methods = list_of(document, "allowMethods");
  cors.headers = list_of(document, "allowHeaders");
  cors.exposed = list_of(document, "exposeHeaders");
  if (const json::Value* age = document.find("maxAge")) cors.max_age = age->as_integer();
  const json::Value* credentials = document.find("allowCredentials");
  cors.credentials = credentials != nullptr && credentials->is_boolean() && credentials->as_boolean();
  return cors;
}

Route::Authorization read_authorization(std::string_view text) {
  if (text == "AWS_IAM") return Route::Authorization::iam;
  if (text == "JWT") return Route::Authorization::jwt;
  return text == "CUSTOM" ? Route::Authorization::custom : Route::Authorization::none;
}

template <typename Thing>
const Thing* find_in(const std::map<std::string, Thing, std::less<>>& things, std::string_view id) {
  const auto found = things.find(id);
  return found == things.end() ? nullptr : &found->second;
}

void add_route(Stage& stage, const json::Value& stage_document, const json::Value& document) {
  constexpr std::string_view integrations = "integrations/";
  auto key = RouteKey::parse(text_of(document, "routeKey"));
  if (!key) return;
  Route route{.key = std::move(*key), .text = std::string(text_of(document, "routeKey")), .scopes = {}};
  route.authorization = read_authorization(text_of(document, "authorizationType"));
  route.authorizer = find_in(stage.authorizers, text_of(document, "authorizerId"));
  for (const json::Value& scope : elements_of(document, "authorizationScopes")) {
    route.scopes.emplace_back(scope.as_string());
  }
  std::string_view target = text_of(document, "target");
  if (target.starts_with(integrations)) {
    target.remove_prefix(integrations.size());
    route.integration = find_in(stage.integrations, target);
  }
  route.throttle = throttle_of(stage_document, route.text);
  stage.table.add(route.key, stage.routes.size());
  stage.routes.push_back(std::move(route));
}

std::optional<AccessLog> read_log(const json::Value& stage) {
  const json::Value settings = object_of(stage, "accessLogSettings");
  const auto arn = wire::Arn::parse(text_of(settings, "destinationArn"));
  constexpr std::string_view start = "log-group:";
  if (!arn || !arn->resource.starts_with(start)) return std::nullopt;
  std::string_view group = arn->resource.substr(start.size());
  if (group.ends_with(":*")) group.remove_suffix(2);
  return AccessLog{.group = std::string(group), .format = std::string(text_of(settings, "format"))};
}

json::Value parsed(json::Arena& arena, std::string_view document) {
  const auto value = json::parse(arena, document);
  return value ? *value : json::Value();
}

}  // namespace

std::string Stage::api_arn() const {
  return fmt::format("arn:aws:execute-api:{}:{}:{}/{}", region, account, api, name);
}

std::string Stage::authorizer_arn(std::string_view authorizer) const {
  return fmt::format("arn:aws:execute-api:{}:{}:{}/authorizers/{}", region, account, api, authorizer);
}

std::shared_ptr<const Stage> compile_stage(const Api& api, std::string_view stage_document,
                                           std::string_view snapshot_document) {
  json::Arena arena;
  const json::Value document = parsed(arena, stage_document);
  const json::Value snapshot = parsed(arena, snapshot_document);
  auto stage = std::make_shared<Stage>();
  stage->api = api.id;
  stage->account = api.account;
  stage->region = api.region;
  stage->name = text_of(document, "stageName");
  for (const json::Member& variable : object_of(document, "stageVariables").members()) {
    if (variable.value.is_string()) stage->variables.emplace_back(variable.key, variable.value.as_string());
  }
  if (const json::Value* cors = snapshot.find("corsConfiguration")) stage->cors = read_cors(*cors);
  for (const json::Value& each : elements_of(snapshot, "authorizers")) {
    if (auto made = Authorizer::read(each)) stage->authorizers.emplace(made->id, std::move(*made));
  }
  for (const json::Value& each : elements_of(snapshot, "integrations")) {
    if (auto made = Integration::read(each)) {
      stage->integrations.emplace(text_of(each, "integrationId"), std::move(*made));
    }
  }
  const auto routes = elements_of(snapshot, "routes");
  stage->routes.reserve(routes.size());
  for (const json::Value& each : routes) add_route(*stage, document, each);
  stage->log = read_log(document);
  return stage;
}

}  // namespace stepwell::apigateway
