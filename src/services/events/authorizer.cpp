#include "services/events/authorizer.h"

#include "crypto/hash.h"
#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "services/events/api_request.h"
#include "services/events/documents.h"
#include "services/events/errors.h"
#include "wire/percent.h"

#include <algorithm>

namespace stepwell::events {
namespace {

constexpr Duration usual_life = std::chrono::hours(1);  // of a token that does not say
constexpr Duration margin = std::chrono::seconds(60);

// Replaces a header of that name.
void set_header(http::Headers& headers, std::string_view name, std::string value) {
  http::Headers others;
  for (const auto& [other, kept] : headers.fields()) {
    if (!http::equals_ignoring_case(other, name)) others.add(other, kept);
  }
  others.add(std::string(name), std::move(value));
  headers = std::move(others);
}

// Members of the body of a request that is a JSON object.
void add_to_body(std::string& body, std::span<const json::Value> parameters) {
  if (parameters.empty()) return;
  json::Arena arena;
  const auto parsed = json::parse(arena, body);
  if (!parsed || !parsed->is_object()) return;
  std::vector<json::Member> members;
  for (const json::Value& parameter : parameters) {
    members.push_back({text_of(parameter, "Key"), json::Value::string(text_of(parameter, "Value"))});
  }
  body = json::print(with(arena, *parsed, members));
}

// HeaderParameters, QueryStringParameters, BodyParameters: each has Key and Value.
void add_parameters(http::Call& call, const json::Value& parameters) {
  for (const json::Value& header : elements_of(parameters, "HeaderParameters")) {
    set_header(call.request.headers, text_of(header, "Key"), std::string(text_of(header, "Value")));
  }
  for (const json::Value& query : elements_of(parameters, "QueryStringParameters")) {
    add_query(call.url, text_of(query, "Key"), text_of(query, "Value"));
  }
}

void append_form(std::string& form, std::string_view name, std::string_view value) {
  if (!form.empty()) form += '&';
  form += wire::percent_encode(name) + '=' + wire::percent_encode(value);
}

http::Call token_call(const json::Value& oauth) {
  const json::Value client = object_of(oauth, "ClientParameters");
  const json::Value parameters = object_of(oauth, "OAuthHttpParameters");
  http::Call call{
      .url = std::string(text_of(oauth, "AuthorizationEndpoint")), .request = {}, .timeout = std::chrono::seconds(30)};
  call.request.method = text_of(oauth, "HttpMethod");
  std::string form;
  append_form(form, "grant_type", "client_credentials");
  append_form(form, "client_id", text_of(client, "ClientID"));
  append_form(form, "client_secret", text_of(client, "ClientSecret"));
  for (const json::Value& body : elements_of(parameters, "BodyParameters")) {
    append_form(form, text_of(body, "Key"), text_of(body, "Value"));
  }
  call.request.headers.add("content-type", "application/x-www-form-urlencoded");
  add_parameters(call, parameters);
  call.request.body = std::move(form);
  return call;
}

Error refused(std::string message) {
  return {.fault = Fault::server, .code = "AuthorizationFailed", .message = std::move(message), .detail = {}};
}

}  // namespace

Task<Result<Authorizer::Token>> Authorizer::ask(std::string document) {
  json::Arena arena;
  const auto parsed = json::parse(arena, document);
  const json::Value oauth = object_of(object_of(*parsed, "AuthParameters"), "OAuthParameters");
  CO_TRY_ASSIGN(const http::Response response, co_await client_.send(token_call(oauth)));
  const auto answer = json::parse(arena, response.body, {.max_depth = 16});
  const std::string_view token = answer ? text_of(*answer, "access_token") : std::string_view{};
  if (response.status / 100 != 2 || token.empty()) {
    co_return fail(refused(fmt::format("The authorization endpoint answered {} without a token.", response.status)));
  }
  const json::Value* life = answer->find("expires_in");
  const bool says = life != nullptr && life->is_number();
  const Duration good = says ? std::chrono::seconds(life->as_integer().value_or(0)) - margin : usual_life;
  co_return Token{.value = std::string(token), .document = std::move(document), .good_until = clock_.now() + good};
}

Task<Result<std::string>> Authorizer::token_of(std::string connection_arn, std::string document) {
  const auto known = tokens_.find(connection_arn);
  if (known != tokens_.end() && known->second.document == document && known->second.good_until > clock_.now()) {
    co_return known->second.value;
  }
  CO_TRY_ASSIGN(Token token, co_await ask(document));
  std::string value = token.value;
  tokens_.insert_or_assign(std::move(connection_arn), std::move(token));
  co_return value;
}

Task<Result<http::Call>> Authorizer::authorize(std::string connection_arn, http::Call call) {
  const auto named = parse_arn(connection_arn);
  const Place place = named ? resource_place(named->place) : Place{};
  const ResourcePtr connection = registry_.find(Shelf::connections, place);
  if (connection == nullptr) co_return fail(errors::connection_not_found(place.name));
  json::Arena arena;
  const auto document = json::parse(arena, connection->document);
  if (!document) co_return fail(internal_error(fmt::format("Connection {} cannot be read.", place.name)));
  const json::Value parameters = object_of(*document, "AuthParameters");
  const std::string_view type = text_of(*document, "AuthorizationType");
  if (text_of(*document, "ConnectionState") != "AUTHORIZED") {
    co_return fail(refused(fmt::format("Connection {} is not authorized.", place.name)));
  }
  if (type == "BASIC") {
    const json::Value basic = object_of(parameters, "BasicAuthParameters");
    const std::string pair = fmt::format("{}:{}", text_of(basic, "Username"), text_of(basic, "Password"));
    set_header(call.request.headers, "authorization", "Basic " + crypto::base64_encode(pair));
  } else if (type == "API_KEY") {
    const json::Value key = object_of(parameters, "ApiKeyAuthParameters");
    set_header(call.request.headers, text_of(key, "ApiKeyName"), std::string(text_of(key, "ApiKeyValue")));
  } else {
    CO_TRY_ASSIGN(const std::string token, co_await token_of(connection_arn, connection->document));
    set_header(call.request.headers, "authorization", "Bearer " + token);
  }
  const json::Value invocation = object_of(parameters, "InvocationHttpParameters");
  add_parameters(call, invocation);
  add_to_body(call.request.body, elements_of(invocation, "BodyParameters"));
  co_return std::move(call);
}

}  // namespace stepwell::events
