#include "lang/json/documents.h"
#include "lang/json/print.h"
#include "services/apigateway/serving/exchange.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace stepwell::apigateway {
namespace {

struct Variable {
  std::string_view name;
  std::optional<std::string> (*value)(const Exchange&);
};
using Text = std::optional<std::string>;

constexpr auto variables = std::to_array<Variable>({
    {"accountId", [](const Exchange& e) -> Text { return e.stage->account; }},
    {"apiId", [](const Exchange& e) -> Text { return e.stage->api; }},
    {"authorizer.principalId",
     [](const Exchange& e) -> Text {
       return e.admitted.principal_id.empty() ? std::nullopt : Text(e.admitted.principal_id);
     }},
    {"domainName", [](const Exchange& e) -> Text { return e.domain; }},
    {"domainPrefix", [](const Exchange& e) -> Text { return e.domain.substr(0, e.domain.find('.')); }},
    {"extendedRequestId", [](const Exchange& e) -> Text { return e.id; }},
    {"httpMethod", [](const Exchange& e) -> Text { return e.request.method; }},
    {"identity.accountId",
     [](const Exchange& e) -> Text { return e.admitted.principal ? Text(e.admitted.principal->account) : Text(); }},
    {"identity.caller",
     [](const Exchange& e) -> Text { return e.admitted.principal ? Text(e.admitted.principal->id) : Text(); }},
    {"identity.sourceIp", [](const Exchange& e) -> Text { return e.source_ip(); }},
    {"identity.user",
     [](const Exchange& e) -> Text { return e.admitted.principal ? Text(e.admitted.principal->id) : Text(); }},
    {"identity.userAgent", [](const Exchange& e) -> Text { return std::string(e.request.headers.get("User-Agent")); }},
    {"identity.userArn",
     [](const Exchange& e) -> Text { return e.admitted.principal ? Text(e.admitted.principal->arn) : Text(); }},
    {"path", [](const Exchange& e) -> Text { return e.raw_path; }},
    {"protocol", [](const Exchange&) -> Text { return "HTTP/1.1"; }},
    {"requestId", [](const Exchange& e) -> Text { return e.id; }},
    {"requestTime", [](const Exchange& e) -> Text { return e.request_time(); }},
    {"requestTimeEpoch",
     [](const Exchange& e) -> Text { return fmt::format("{}", e.time.time_since_epoch().count()); }},
    {"routeKey", [](const Exchange& e) -> Text { return e.route == nullptr ? Text() : Text(e.route->text); }},
    {"stage", [](const Exchange& e) -> Text { return e.stage->name; }},
});

Text member_of(const json::Value& object, std::string_view name) {
  const json::Value* value = object.find(name);
  if (value == nullptr || value->is_null()) return std::nullopt;
  return value->is_string() ? std::string(value->as_string()) : json::print(*value);
}

}  // namespace

std::optional<std::string> context_value(const Exchange& exchange, std::string_view name) {
  constexpr std::string_view authorizer = "authorizer.";
  constexpr std::string_view claims = "authorizer.claims.";
  const auto known = std::ranges::find(variables, name, &Variable::name);
  if (known != variables.end()) return known->value(exchange);
  if (name.starts_with(claims)) return member_of(exchange.admitted.claims, name.substr(claims.size()));
  if (name.starts_with(authorizer)) return member_of(exchange.admitted.context, name.substr(authorizer.size()));
  return std::nullopt;
}

}  // namespace stepwell::apigateway
