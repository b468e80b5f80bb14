#include "services/apigateway/serving/authorization.h"

#include "services/apigateway/serving/answers.h"
#include "services/apigateway/serving/lambda_event.h"

#include <fmt/ranges.h>

namespace stepwell::apigateway {
namespace {

constexpr Duration authorizer_timeout{10'000};

// The values of the identity sources; nullopt: one of them is missing.
std::optional<std::vector<std::string>> identity_of(const Exchange& exchange, const Authorizer& authorizer) {
  std::vector<std::string> values;
  for (const Expression& source : authorizer.identity) {
    auto value = exchange.find(source);
    if (!value || value->empty()) return std::nullopt;
    values.push_back(std::move(*value));
  }
  return values;
}

std::string_view without_scheme(std::string_view text) {
  constexpr std::string_view scheme = "Bearer ";
  return http::equals_ignoring_case(text.substr(0, scheme.size()), scheme) ? text.substr(scheme.size()) : text;
}

http::Response no_token() {
  http::Response response = unauthorized_answer();
  response.headers.add("WWW-Authenticate", "Bearer");
  return response;
}

http::Response bad_token(const Route& route, std::string_view why) {
  http::Response response = unauthorized_answer();
  response.headers.add("WWW-Authenticate",
                       fmt::format("Bearer scope=\"{}\" error=\"invalid_token\" error_description=\"{}\"",
                                   fmt::join(route.scopes, " "), why));
  return response;
}

http::Response no_scope(const Route& route) {
  http::Response response = forbidden_answer();
  response.headers.add("WWW-Authenticate",
                       fmt::format("Bearer scope=\"{}\" error=\"insufficient_scope\" error_description=\"the token "
                                   "does not have any of the required scopes\"",
                                   fmt::join(route.scopes, " ")));
  return response;
}

}  // namespace

Task<std::optional<http::Response>> Authorization::check(Exchange& exchange) {
  const Route& route = *exchange.route;
  switch (route.authorization) {
    case Route::Authorization::none: co_return std::nullopt;
    case Route::Authorization::iam: co_return check_signature(exchange);
    case Route::Authorization::jwt:
    case Route::Authorization::custom: break;
  }
  if (route.authorizer == nullptr) co_return failed_answer();
  if (route.authorizer->type == Authorizer::Type::jwt) co_return co_await check_token(exchange, *route.authorizer);
  co_return co_await ask_function(exchange, *route.authorizer);
}

Task<std::optional<http::Response>> Authorization::check_token(Exchange& exchange, const Authorizer& authorizer) {
  const auto identity = identity_of(exchange, authorizer);
  if (!identity) co_return no_token();
  const std::string text(without_scheme(identity->front()));
  const auto token = read_token(exchange.arena, text);
  if (!token) co_return bad_token(*exchange.route, "the token is malformed");
  // Nothing is fetched for tokens that would not do anyhow.
  const auto fault = fault_of_claims(token->claims, authorizer.issuer, authorizer.audience, clock_.now());
  if (!fault.empty()) co_return bad_token(*exchange.route, fault);
  const auto keys = co_await keys_.find(authorizer.issuer, token->key_id);
  if (keys == nullptr) {
    invoker_.log.warning(fmt::format("API {}: the keys of {} cannot be had.", exchange.stage->api, authorizer.issuer));
    co_return failed_answer();
  }
  const auto key = keys->find(token->key_id);
  if (key == keys->end() || !is_signed(*token, key->second)) {
    co_return bad_token(*exchange.route, "signing method or signature is invalid");
  }
  if (!exchange.route->scopes.empty() && !has_scope(token->claims, exchange.route->scopes)) {
    co_return no_scope(*exchange.route);
  }
  exchange.admitted.claims = claims_as_texts(exchange.arena, token->claims);
  co_return std::nullopt;
}

Task<std::optional<http::Response>> Authorization::ask_function(Exchange& exchange, const Authorizer& authorizer) {
  const auto identity = identity_of(exchange, authorizer);
  if (!identity) co_return unauthorized_answer();
  const std::string key = Verdicts::key_of(exchange.stage->api, authorizer.id, *identity);
  auto verdict = authorizer.keep.count() > 0 ? verdicts_.find(key) : nullptr;
  if (verdict == nullptr) {
    FunctionCall call{.function = authorizer.function.fill(exchange).value_or(""),
                      .role = authorizer.credentials,
                      .source_arn = exchange.stage->authorizer_arn(authorizer.id),
                      .event = authorizer_event(exchange, authorizer.payload_version, *identity),
                      .timeout = authorizer_timeout};
    const auto answer = co_await call_function(invoker_, exchange, std::move(call));
    if (!answer || !*answer) co_return failed_answer();
    verdict = read_verdict(**answer, authorizer.simple);
    if (verdict == nullptr) co_return failed_answer();
    if (authorizer.keep.count() > 0) verdicts_.keep(key, verdict, authorizer.keep);
  }
  if (!verdict->allows(exchange.route_arn())) co_return forbidden_answer();
  exchange.admitted.principal_id = verdict->principal_id;
  exchange.admitted.context = json::copy(exchange.arena, verdict->context);
  co_return std::nullopt;
}

std::optional<http::Response> Authorization::check_signature(Exchange& exchange) {
  auto signer = identify_ ? identify_(exchange.request) : Result<Signer>(fail(Error{}));
  if (!signer) return forbidden_answer();
  const directory::Directory& directory = invoker_.calls.directory();
  if (directory.is_enforced() && signer->principal != nullptr) {
    wire::Call call;
    call.caller.account = exchange.stage->account;
    call.caller.region = exchange.stage->region;
    call.caller.principal = signer->principal;
    const auto no_tags = [](std::string_view, std::string_view) { return std::optional<std::string>(); };
    const auto allowed = directory.access()->authorize(
        call, {.action = "execute-api:Invoke", .resource = exchange.route_arn()}, no_tags);
    if (!allowed) return forbidden_answer();
  }
  exchange.admitted.principal = std::move(signer->principal);
  exchange.admitted.access_key = std::move(signer->access_key);
  return std::nullopt;
}

}  // namespace stepwell::apigateway
