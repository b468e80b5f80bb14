#include "services/apigateway/serving/lambda_event.h"

#include "crypto/hash.h"
#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "wire/percent.h"

#include <algorithm>
#include <map>

namespace stepwell::apigateway {
namespace {

using json::Arena;
using json::ObjectBuilder;
using json::Value;

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return result;
}

// A text that JSON can hold.
std::string_view valid(std::string_view text) { return json::is_valid_utf8(text) ? text : std::string_view{}; }

class Event {
 public:
  explicit Event(const Exchange& exchange) : exchange_(exchange) {}

  std::string integration(int version) { return version == 2 ? two({}) : one({}); }
  std::string authorizer(int version, std::span<const std::string> identity) {
    return version == 2 ? two(identity, true) : one(identity, true);
  }

 private:
  struct Body {
    Value text;  // null: there is none
    bool is_base64 = false;
  };

  std::string two(std::span<const std::string> identity, bool of_authorizer = false) {
    ObjectBuilder event(arena_);
    event.add("version", "2.0");
    if (of_authorizer) {
      event.add("type", "REQUEST").add("routeArn", exchange_.route_arn()).add("identitySource", texts(identity));
    }
    event.add("routeKey", exchange_.route->text)
        .add("rawPath", decoded_path(exchange_.raw_path))
        .add("rawQueryString", valid(exchange_.query));
    add_cookies(event);
    event.add("headers", joined_headers());
    if (!exchange_.parameters.empty()) event.add("queryStringParameters", joined_fields(exchange_.parameters));
    event.add("requestContext", context_two(of_authorizer));
    if (!exchange_.variables.empty()) event.add("pathParameters", joined_fields(exchange_.variables));
    if (!exchange_.stage->variables.empty()) event.add("stageVariables", joined_fields(exchange_.stage->variables));
    if (of_authorizer) return json::print(event.build());
    const Body body = read_body();
    if (!body.text.is_null()) event.add("body", body.text);
    event.add("isBase64Encoded", body.is_base64);
    return json::print(event.build());
  }

  std::string one(std::span<const std::string> identity, bool of_authorizer = false) {
    ObjectBuilder event(arena_);
    event.add("version", "1.0");
    if (of_authorizer) {
      std::string all;
      for (const std::string& each : identity) all += (all.empty() ? "" : ",") + each;
      event.add("type", "REQUEST")
          .add("methodArn", exchange_.route_arn())
          .add("identitySource", valid(all))
          .add("authorizationToken", valid(all));
    }
    event.add("resource", resource())
        .add("path", decoded_path(exchange_.raw_path))
        .add("httpMethod", exchange_.request.method)
        .add("headers", last_of(headers()))
        .add("multiValueHeaders", lists_of(headers()))
        .add("queryStringParameters", or_null(exchange_.parameters, first_of(exchange_.parameters)))
        .add("multiValueQueryStringParameters", or_null(exchange_.parameters, lists_of(exchange_.parameters)))
        .add("requestContext", context_one(of_authorizer))
        .add("pathParameters", or_null(exchange_.variables, joined_fields(exchange_.variables)))
        .add("stageVariables", or_null(exchange_.stage->variables, joined_fields(exchange_.stage->variables)));
    if (of_authorizer) return json::print(event.build());
    const Body body = read_body();
    event.add("body", body.text).add("isBase64Encoded", body.is_base64);
    return json::print(event.build());
  }

  Value context_two(bool of_authorizer) {
    ObjectBuilder context(arena_);
    context.add("accountId", exchange_.stage->account).add("apiId", exchange_.stage->api);
    if (!of_authorizer) add_authorizer(context);
    const Value http = ObjectBuilder(arena_)
                           .add("method", exchange_.request.method)
                           .add("path", decoded_path(exchange_.raw_path))
                           .add("protocol", "HTTP/1.1")
                           .add("sourceIp", exchange_.source_ip())
                           .add("userAgent", valid(exchange_.request.headers.get("User-Agent")))
                           .build();
    return context.add("domainName", exchange_.domain)
        .add("domainPrefix", prefix())
        .add("http", http)
        .add("requestId", exchange_.id)
        .add("routeKey", exchange_.route->text)
        .add("stage", exchange_.stage->name)
        .add("time", exchange_.request_time())
        .add("timeEpoch", static_cast<std::int64_t>(exchange_.time.time_since_epoch().count()))
        .build();
  }

  Value context_one(bool of_authorizer) {
    ObjectBuilder context(arena_);
    context.add("accountId", exchange_.stage->account).add("apiId", exchange_.stage->api);
    if (!of_authorizer) context.add("authorizer", authorizer_one());
    return context.add("domainName", exchange_.domain)
        .add("domainPrefix", prefix())
        .add("extendedRequestId", exchange_.id)
        .add("httpMethod", exchange_.request.method)
        .add("identity", identity())
        .add("path", decoded_path(exchange_.raw_path))
        .add("protocol", "HTTP/1.1")
        .add("requestId", exchange_.id)
        .add("requestTime", exchange_.request_time())
        .add("requestTimeEpoch", static_cast<std::int64_t>(exchange_.time.time_since_epoch().count()))
        .add("resourceId", Value())
        .add("resourcePath", resource())
        .add("stage", exchange_.stage->name)
        .build();
  }

  void add_authorizer(ObjectBuilder& context) {
    const Admitted& admitted = exchange_.admitted;
    ObjectBuilder authorizer(arena_);
    if (admitted.claims.is_object()) {
      authorizer.add("jwt", ObjectBuilder(arena_).add("claims", admitted.claims).add("scopes", scopes()).build());
    }
    if (admitted.context.is_object()) authorizer.add("lambda", admitted.context);
    if (admitted.principal) {
      authorizer.add("iam", ObjectBuilder(arena_)
                                .add("accessKey", admitted.access_key)
                                .add("accountId", admitted.principal->account)
                                .add("callerId", admitted.principal->id)
                                .add("cognitoIdentity", Value())
                                .add("principalOrgId", Value())
                                .add("userArn", admitted.principal->arn)
                                .add("userId", admitted.principal->id)
                                .build());
    }
    if (!authorizer.empty()) context.add("authorizer", authorizer.build());
  }

  Value authorizer_one() {
    const Admitted& admitted = exchange_.admitted;
    if (!admitted.context.is_object()) {
      const bool jwt = admitted.claims.is_object();
      return ObjectBuilder(arena_).add("claims", admitted.claims).add("scopes", jwt ? scopes() : Value()).build();
    }
    ObjectBuilder authorizer(arena_);
    for (const json::Member& member : admitted.context.members()) authorizer.add(member.key, member.value);
    if (!admitted.principal_id.empty()) authorizer.add("principalId", admitted.principal_id);
    return authorizer.build();
  }

  Value identity() {
    const wire::Principal* principal = exchange_.admitted.principal.get();
    const auto known = [&](std::string_view text) { return principal == nullptr ? Value() : text_value(text); };
    return ObjectBuilder(arena_)
        .add("accessKey", known(exchange_.admitted.access_key))
        .add("accountId", known(principal == nullptr ? "" : principal->account))
        .add("caller", known(principal == nullptr ? "" : principal->id))
        .add("cognitoAuthenticationProvider", Value())
        .add("cognitoAuthenticationType", Value())
        .add("cognitoIdentityId", Value())
        .add("cognitoIdentityPoolId", Value())
        .add("principalOrgId", Value())
        .add("sourceIp", exchange_.source_ip())
        .add("user", known(principal == nullptr ? "" : principal->id))
        .add("userAgent", valid(exchange_.request.headers.get("User-Agent")))
        .add("userArn", known(principal == nullptr ? "" : principal->arn))
        .build();
  }

  Value scopes() { return exchange_.route->scopes.empty() ? Value() : texts(exchange_.route->scopes); }

  // Of all routes but $default the path that the route's key gives.
  std::string resource() const {
    return exchange_.route->key.is_default() ? std::string(default_route) : exchange_.route->key.resource();
  }
  std::string_view prefix() const { return std::string_view(exchange_.domain).substr(0, exchange_.domain.find('.')); }

  const Fields& headers() const { return exchange_.request.headers.fields(); }

  void add_cookies(ObjectBuilder& event) {
    std::vector<Value> cookies;
    for (const auto& [name, value] : exchange_.request.headers.fields()) {
      if (!http::equals_ignoring_case(name, "cookie")) continue;
      std::string_view rest = valid(value);
      while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(';'), rest.size());
        cookies.push_back(text_value(rest.substr(0, end)));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        while (rest.starts_with(' ')) rest.remove_prefix(1);
      }
    }
    if (!cookies.empty()) event.add("cookies", json::make_array(arena_, cookies));
  }

  // In lower case, without cookies.
  Value joined_headers() {
    std::map<std::string, std::string> all;
    for (const auto& [name, value] : headers()) {
      if (http::equals_ignoring_case(name, "cookie")) continue;
      const auto [place, is_new] = all.try_emplace(lower(name), value);
      if (!is_new) place->second += ',' + value;
    }
    ObjectBuilder object(arena_);
    for (const auto& [name, value] : all) object.add(arena_.copy(valid(name)), valid(value));
    return object.build();
  }

  Value joined_fields(const Fields& fields) {
    std::vector<std::pair<std::string_view, std::string>> all;
    for (const auto& [name, value] : fields) {
      const auto same = std::ranges::find(all, name, &std::pair<std::string_view, std::string>::first);
      if (same == all.end()) {
        all.emplace_back(name, value);
      } else {
        same->second += ',' + value;
      }
    }
    ObjectBuilder object(arena_);
    for (const auto& [name, value] : all) object.add(arena_.copy(valid(name)), valid(value));
    return object.build();
  }
  Value first_of(const Fields& fields) { return last_of(Fields(fields.rbegin(), fields.rend())); }
  Value last_of(const Fields& fields) {
    ObjectBuilder object(arena_);
    for (const auto& [name, value] : fields) object.add(arena_.copy(valid(name)), valid(value));
    return object.build();
  }
  Value lists_of(const Fields& fields) {
    std::vector<std::pair<std::string_view, std::vector<Value>>> all;
    for (const auto& [name, value] : fields) {
      auto same = std::ranges::find(all, std::string_view(name), &decltype(all)::value_type::first);
      if (same == all.end()) same = all.emplace(all.end(), std::string_view(name), std::vector<Value>());
      same->second.push_back(text_value(value));
    }
    ObjectBuilder object(arena_);
    for (const auto& [name, values] : all) object.add(arena_.copy(valid(name)), json::make_array(arena_, values));
    return object.build();
  }
  static Value or_null(const Fields& fields, Value value) { return fields.empty() ? Value() : value; }

  Value texts(std::span<const std::string> given) {
    std::vector<Value> values;
    for (const std::string& each : given) values.push_back(text_value(each));
    return json::make_array(arena_, values);
  }
  Value text_value(std::string_view text) { return json::make_string(arena_, valid(text)); }

  std::string decoded_path(std::string_view path) const {
    std::string decoded = wire::percent_decode(path).value_or(std::string(path));
    return json::is_valid_utf8(decoded) ? decoded : std::string(path);
  }

  Body read_body() {
    const std::string& body = exchange_.request.body;
    if (body.empty()) return {};
    if (is_text(exchange_.request.headers.get("Content-Type")) && json::is_valid_utf8(body)) {
      return {.text = Value::string(body)};
    }
    return {.text = json::make_string(arena_, crypto::base64_encode(body)), .is_base64 = true};
  }

  const Exchange& exchange_;
  Arena arena_;
};

}  // namespace

std::string integration_event(const Exchange& exchange, int version) { return Event(exchange).integration(version); }

std::string authorizer_event(const Exchange& exchange, int version, std::span<const std::string> identity) {
  return Event(exchange).authorizer(version, identity);
}

bool is_text(std::string_view content_type) {
  if (content_type.empty()) return true;
  std::string type = lower(content_type.substr(0, content_type.find(';')));
  while (type.ends_with(' ')) type.pop_back();
  return type.starts_with("text/") || type.ends_with("json") || type.ends_with("xml") || type.ends_with("javascript");
}

}  // namespace stepwell::apigateway
