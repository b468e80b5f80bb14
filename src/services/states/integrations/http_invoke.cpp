// arn:aws:states:::http:invoke (spec §4): a call of any HTTPS API with a connection of EventBridge, which proves who
// calls and whose parameters win over the task's. An answer of 2xx is the task's result; others are
// States.Http.StatusCode.<status> with the body as the cause; no answer within 60 s, or none at all, is
// States.Http.Socket.

#include "lang/json/build.h"
#include "lang/json/print.h"
#include "services/states/http/authorization.h"
#include "services/states/http/message.h"
#include "services/states/http/url_encoding.h"
#include "services/states/integration.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace stepwell::states {
namespace {

constexpr Duration timeout{60'000};
constexpr std::size_t max_answer_bytes = 262'144;

constexpr auto forbidden_headers = std::to_array<std::string_view>({"a-im",
                                                                    "accept-charset",
                                                                    "accept-datetime",
                                                                    "accept-encoding",
                                                                    "authorization",
                                                                    "cache-control",
                                                                    "connection",
                                                                    "content-encoding",
                                                                    "content-md5",
                                                                    "date",
                                                                    "expect",
                                                                    "forwarded",
                                                                    "from",
                                                                    "host",
                                                                    "http2-settings",
                                                                    "if-match",
                                                                    "if-modified-since",
                                                                    "if-none-match",
                                                                    "if-range",
                                                                    "if-unmodified-since",
                                                                    "max-forwards",
                                                                    "origin",
                                                                    "pragma",
                                                                    "proxy-authorization",
                                                                    "range",
                                                                    "referer",
                                                                    "server",
                                                                    "te",
                                                                    "trailer",
                                                                    "transfer-encoding",
                                                                    "upgrade",
                                                                    "via",
                                                                    "warning",
                                                                    "x-amz-*",
                                                                    "x-amzn-*",
                                                                    "x-forwarded-*"});
constexpr auto methods = std::to_array<std::string_view>({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"});

std::unexpected<TaskFailure> unusable(const TaskCall& call, std::string_view why) {
  return cannot_start(
      fmt::format("The Parameters '{}' could not be used to start the Task: [{}]", json::print(call.arguments), why));
}

// A call that is being put together; what is of the connection takes the place of the task's.
struct Parts {
  std::vector<directory::HttpParameter> headers;
  std::vector<directory::HttpParameter> query;
  json::Value body;
  bool has_body = false;
};

void replace(std::vector<directory::HttpParameter>& all, const directory::HttpParameter& with) {
  std::erase_if(all, [&](const auto& each) { return http::equals_ignoring_case(each.name, with.name); });
  all.push_back(with);
}

std::expected<Parts, TaskFailure> read_parts(const TaskCall& call) {
  Parts parts;
  const json::Value headers = member_of(call.arena, call.arguments, "Headers");
  for (const json::Member& header : headers.members()) {
    if (is_among(header.key, forbidden_headers))
      return unusable(call, fmt::format("The 'Headers' field contains unsupported values: [{}]", header.key));
    parts.headers.push_back({std::string(header.key), plain_text(header.value)});
  }
  const json::Value query = member_of(call.arena, call.arguments, "QueryParameters");
  for (const json::Member& parameter : query.members()) {
    const std::string name(parameter.key);
    if (!parameter.value.is_array()) {
      parts.query.push_back({name, plain_text(parameter.value)});
      continue;
    }
    for (const json::Value& each : parameter.value.elements()) parts.query.push_back({name, plain_text(each)});
  }
  if (const json::Value* body = call.arguments.find("RequestBody"); body != nullptr && !body->is_null()) {
    parts.body = *body;
    parts.has_body = true;
  }
  return parts;
}

void add_connection(const TaskCall& call, const directory::Connection& connection, const std::string& token,
                    Parts& parts) {
  for (const auto& header : connection.invocation.headers) replace(parts.headers, header);
  for (const auto& parameter : connection.invocation.query) replace(parts.query, parameter);
  replace(parts.headers, proof_of(connection, token));
  if (connection.invocation.body.empty() || (parts.has_body && !parts.body.is_object())) return;
  json::ObjectBuilder body(call.arena);
  for (const auto& [name, value] : connection.invocation.body) body.add(call.arena.copy(name), value);
  if (parts.has_body) {
    for (const json::Member& member : parts.body.members()) {
      const auto same = std::ranges::find(connection.invocation.body, member.key, &directory::HttpParameter::name);
      if (same == connection.invocation.body.end()) body.add(member.key, member.value);
    }
  }
  parts.body = body.build();
  parts.has_body = true;
}

std::expected<void, TaskFailure> write_body(const TaskCall& call, const Parts& parts, http::Request& request) {
  if (!parts.has_body) return {};
  const json::Value transform = member_of(call.arena, call.arguments, "Transform");
  const std::string encoding = text_of(transform, "RequestBodyEncoding");
  if (encoding == "URL_ENCODED") {
    const json::Value options = member_of(call.arena, transform, "RequestEncodingOptions");
    const auto format = read_array_format(text_of(options, "ArrayFormat"));
    if (!format) return unusable(call, "The value of the field 'ArrayFormat' has an invalid format");
    if (!parts.body.is_object()) return unusable(call, "The value of the field 'RequestBody' has an invalid format");
    request.body = url_encoded(parts.body, *format);
    if (!request.headers.contains("Content-Type"))
      request.headers.add("Content-Type", "application/x-www-form-urlencoded");
    return {};
  }
  if (!encoding.empty() && encoding != "NONE")
    return unusable(call, "The value of the field 'RequestBodyEncoding' has an invalid format");
  request.body = plain_text(parts.body);
  if (!request.headers.contains("Content-Type")) request.headers.add("Content-Type", "application/json");
  return {};
}

std::expected<http::Call, TaskFailure> write_call(const TaskCall& call, const Parts& parts) {
  http::Call outgoing;
  outgoing.request.method = text_of(call.arguments, "Method");
  for (const auto& [name, value] : parts.headers) outgoing.request.headers.add(name, value);
  if (!outgoing.request.headers.contains("User-Agent")) {
    outgoing.request.headers.add("User-Agent", fmt::format("Amazon|StepFunctions|HttpInvoke|{}", call.caller.region));
  }
  outgoing.request.headers.add("Range", fmt::format("bytes=0-{}", max_answer_bytes));
  TRY(write_body(call, parts, outgoing.request));
  std::string query;
  for (const auto& [name, value] : parts.query) add_parameter(query, name, value);
  outgoing.url = with_query(text_of(call.arguments, "ApiEndpoint"), query);
  outgoing.timeout = timeout;
  outgoing.max_response_bytes = max_answer_bytes;
  return outgoing;
}

// Where Step Functions has the connection's ARN now, and where it had it at first.
std::string connection_arn(const TaskCall& call) {
  const std::string arn = text_of(member_of(call.arena, call.arguments, "InvocationConfig"), "ConnectionArn");
  return arn.empty() ? text_of(member_of(call.arena, call.arguments, "Authentication"), "ConnectionArn") : arn;
}

std::expected<void, TaskFailure> check_arguments(const TaskCall& call) {
  if (!text_of(call.arguments, "ApiEndpoint").starts_with("https://"))
    return unusable(call, "The value of the field 'ApiEndpoint' has an invalid format");
  if (std::ranges::find(methods, text_of(call.arguments, "Method")) == methods.end())
    return unusable(call, "The value of the field 'Method' has an invalid format");
  if (connection_arn(call).empty()) return unusable(call, "The field 'ConnectionArn' is required but was missing");
  if (call.states.http == nullptr || call.states.connections == nullptr)
    return cannot_start("There are no connections here that HTTP tasks could call with.");
  return {};
}

TaskFailure connection_failure(const Error& error) {
  std::string_view code = error.code;
  constexpr std::string_view ending = "Exception";
  if (code.ends_with(ending)) code.remove_suffix(ending.size());
  return {fmt::format("Events.ConnectionResource.{}", code), error.message};
}

TaskFailure no_answer(const Error& error) {
  if (error.code == "ResponseTooLarge") return {"States.DataLimitExceeded", error.message};
  return {"States.Http.Socket", error.message};
}

Task<std::expected<http::Response, TaskFailure>> attempt(const TaskCall& call,
                                                         const directory::Connection& connection) {
  auto parts = read_parts(call);
  if (!parts) co_return std::unexpected(std::move(parts).error());
  std::string token;
  if (connection.kind == directory::Connection::Kind::oauth_client_credentials) {
    auto got = co_await call.states.api_tokens.get(*call.states.http, call.states.clock, connection);
    if (!got) co_return std::unexpected(connection_failure(got.error()));
    token = *std::move(got);
  }
  add_connection(call, connection, token, *parts);
  auto outgoing = write_call(call, *parts);
  if (!outgoing) co_return std::unexpected(std::move(outgoing).error());
  auto response = co_await call.states.http->send(*std::move(outgoing));
  if (!response) co_return std::unexpected(no_answer(response.error()));
  co_return *std::move(response);
}

}  // namespace

Task<TaskOutcome> http_invoke(TaskCall call) {
  if (auto checked = check_arguments(call); !checked) co_return std::unexpected(std::move(checked).error());
  const auto connection = call.states.connections->find(connection_arn(call));
  if (!connection) co_return std::unexpected(connection_failure(connection.error()));
  auto response = co_await attempt(call, *connection);
  const bool has_token = connection->kind == directory::Connection::Kind::oauth_client_credentials;
  if (has_token && response && (response->status == 401 || response->status == 407)) {
    call.states.api_tokens.forget(connection->arn);  // it may have been withdrawn
    response = co_await attempt(call, *connection);
  }
  if (!response) co_return std::unexpected(std::move(response).error());
  if (response->status < 200 || response->status > 299) {
    co_return std::unexpected(
        TaskFailure{fmt::format("States.Http.StatusCode.{}", response->status), std::move(response->body)});
  }
  auto result = http_result(*response);
  if (!result) co_return cannot_start("The answer of the API is no text.");
  co_return *std::move(result);
}

}  // namespace stepwell::states
