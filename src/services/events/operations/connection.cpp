#include "services/events/operations/connection.h"

#include <algorithm>
#include <array>

namespace stepwell::events {
namespace {

struct Type {
  std::string_view name;
  std::string_view parameters;
};
constexpr auto types = std::to_array<Type>({{"API_KEY", "ApiKeyAuthParameters"},
                                            {"BASIC", "BasicAuthParameters"},
                                            {"OAUTH_CLIENT_CREDENTIALS", "OAuthParameters"}});

// A list of {Key, Value, IsValueSecret}.
json::Value show_values(json::Arena& arena, std::span<const json::Value> values) {
  std::vector<json::Value> shown;
  for (const json::Value& value : values) {
    const json::Value* secret = value.find("IsValueSecret");
    const bool is_secret = secret != nullptr && secret->is_boolean() && secret->as_boolean();
    shown.push_back(is_secret ? with(arena, value, {{"Value", json::Value()}}) : value);
  }
  return json::make_array(arena, shown);
}

json::Value show_http(json::Arena& arena, const json::Value& parameters) {
  json::ObjectBuilder shown(arena);
  for (const std::string_view name : {"HeaderParameters", "QueryStringParameters", "BodyParameters"}) {
    if (parameters.find(name) != nullptr) shown.add(name, show_values(arena, elements_of(parameters, name)));
  }
  return shown.build();
}

json::Value show_oauth(json::Arena& arena, const json::Value& oauth) {
  json::Value shown = with(arena, pick(arena, oauth, {"AuthorizationEndpoint", "HttpMethod"}),
                           {{"ClientParameters", pick(arena, object_of(oauth, "ClientParameters"), {"ClientID"})}});
  if (const json::Value* http = oauth.find("OAuthHttpParameters")) {
    shown = with(arena, shown, {{"OAuthHttpParameters", show_http(arena, *http)}});
  }
  return shown;
}

}  // namespace

Result<void> check_connection(const json::Value& document) {
  const json::Value parameters = object_of(document, "AuthParameters");
  if (document.find("InvocationConnectivityParameters") != nullptr ||
      parameters.find("ConnectivityParameters") != nullptr) {
    return fail(errors::not_implemented("A connection to a private API"));
  }
  const auto type = std::ranges::find(types, text_of(document, "AuthorizationType"), &Type::name);
  for (const Type& other : types) {
    const bool is_there = parameters.find(other.parameters) != nullptr;
    if (is_there != (&other == &*type)) {
      return fail(errors::invalid(
          fmt::format("Parameter AuthParameters is not valid. Reason: {} {} for the authorization type {}.",
                      other.parameters, is_there ? "must not be there" : "is required", type->name)));
    }
  }
  return {};
}

json::Value without_secrets(json::Arena& arena, const json::Value& parameters) {
  json::ObjectBuilder shown(arena);
  if (const json::Value* basic = parameters.find("BasicAuthParameters")) {
    shown.add("BasicAuthParameters", pick(arena, *basic, {"Username"}));
  }
  if (const json::Value* oauth = parameters.find("OAuthParameters")) {
    shown.add("OAuthParameters", show_oauth(arena, *oauth));
  }
  if (const json::Value* key = parameters.find("ApiKeyAuthParameters")) {
    shown.add("ApiKeyAuthParameters", pick(arena, *key, {"ApiKeyName"}));
  }
  if (const json::Value* http = parameters.find("InvocationHttpParameters")) {
    shown.add("InvocationHttpParameters", show_http(arena, *http));
  }
  return shown.build();
}

json::Value show_state(json::Arena& arena, const json::Value& document) {
  const json::Value shown = with(arena, pick(arena, document, {"ConnectionArn", "ConnectionState"}),
                                 {{"CreationTime", date_of(arena, document, "Created")},
                                  {"LastModifiedTime", date_of(arena, document, "Modified")},
                                  {"LastAuthorizedTime", date_of(arena, document, "Authorized")}});
  return shown;
}

}  // namespace stepwell::events
