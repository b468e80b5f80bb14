// arn:aws:states:::http:invoke (spec §4): a call of any HTTPS API with a connection of EventBridge, which proves who
// calls and whose parameters win over the task's. An answer of 2xx is the task's result; others are
// States.Http.StatusCode.<status> with the body as the cause; no answer within 60 s, or none at all, is
// States.Http.Socket.

#include "lang/json/parse.h"
#include "lang/json/print.h"
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
constexpr std::string_view no_body = "{}";  // that a connection may add to

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

std::unexpected<TaskFailure> bad_format(const TaskCall& call, std::string_view field) {
  return unusable(call, fmt::format("The value of the field '{}' has an invalid format", field));
}

bool is_form(const TaskCall& call) {
  return text_of(member_of(call.arena, call.arguments, "Transform"), "RequestBodyEncoding") == "URL_ENCODED";
}

std::expected<void, TaskFailure> read_headers(const TaskCall& call, http::Headers& to) {
  const json::Value headers = member_of(call.arena, call.arguments, "Headers");
  for (const json::Member& header : headers.members()) {
    if (is_among(header.key, forbidden_headers))
      return unusable(call, fmt::format("The 'Headers' field contains unsupported values: [{}]", header.key));
    to.add(std::string(header.key), plain_text(header.value));
  }
  if (!to.contains("User-Agent"))
    to.add("User-Agent", fmt::format("Amazon|StepFunctions|HttpInvoke|{}", call.caller.region));
  to.add("Range", fmt::format("bytes=0-{}", max_answer_bytes));
  return {};
}

std::string read_query(const TaskCall& call) {
  std::string query;
  const json::Value parameters = member_of(call.arena, call.arguments, "QueryParameters");
  for (const json::Member& parameter : parameters.members()) {
    if (!parameter.value.is_array()) {
      add_parameter(query, parameter.key, plain_text(parameter.value));
      continue;
    }
    for (const json::Value& each : parameter.value.elements()) add_parameter(query, parameter.key, plain_text(each));
  }
  return query;
}

// The body is JSON until the connection has added to it.
std::expected<http::Call, TaskFailure> read_call(const TaskCall& call) {
  http::Call outgoing;
  outgoing.request.method = text_of(call.arguments, "Method");
  TRY(read_headers(call, outgoing.request.headers));
  const json::Value* body = call.arguments.find("RequestBody");
  const bool has_body = body != nullptr && !body->is_null();
  outgoing.request.body = has_body ? plain_text(*body) : std::string(no_body);
  if (!outgoing.request.headers.contains("Content-Type") && has_body) {
    outgoing.request.headers.add("Content-Type",
                                 is_form(call) ? "application/x-www-form-urlencoded" : "application/json");
  }
  outgoing.url = with_query(text_of(call.arguments, "ApiEndpoint"), read_query(call));
  outgoing.timeout = timeout;
  outgoing.max_response_bytes = max_answer_bytes;
  return outgoing;
}

// What is sent of the body.
std::expected<void, TaskFailure> transform(const TaskCall& call, http::Request& request) {
  if (request.body == no_body && call.arguments.find("RequestBody") == nullptr) request.body.clear();
  if (!is_form(call) || request.body.empty()) return {};
  const auto body = json::parse(call.arena, request.body);
  if (!body || !body->is_object()) return bad_format(call, "RequestBody");
  const json::Value transform = member_of(call.arena, call.arguments, "Transform");
  const json::Value options = member_of(call.arena, transform, "RequestEncodingOptions");
  request.body = url_encoded(*body, *read_array_format(text_of(options, "ArrayFormat")));
  return {};
}

// Where Step Functions has the connection's ARN now, and where it had it at first.
std::string connection_arn(const TaskCall& call) {
  const std::string arn = text_of(member_of(call.arena, call.arguments, "InvocationConfig"), "ConnectionArn");
  return arn.empty() ? text_of(member_of(call.arena, call.arguments, "Authentication"), "ConnectionArn") : arn;
}

std::expected<void, TaskFailure> check_transform(const TaskCall& call) {
  const json::Value transform = member_of(call.arena, call.arguments, "Transform");
  const std::string encoding = text_of(transform, "RequestBodyEncoding");
  if (!encoding.empty() && encoding != "NONE" && encoding != "URL_ENCODED")
    return bad_format(call, "RequestBodyEncoding");
  const json::Value options = member_of(call.arena, transform, "RequestEncodingOptions");
  if (!read_array_format(text_of(options, "ArrayFormat"))) return bad_format(call, "ArrayFormat");
  return {};
}

std::expected<void, TaskFailure> check_arguments(const TaskCall& call) {
  if (!text_of(call.arguments, "ApiEndpoint").starts_with("https://")) return bad_format(call, "ApiEndpoint");
  if (std::ranges::find(methods, text_of(call.arguments, "Method")) == methods.end()) return bad_format(call, "Method");
  if (connection_arn(call).empty()) return unusable(call, "The field 'ConnectionArn' is required but was missing");
  if (call.states.http == nullptr || call.states.connections == nullptr)
    return cannot_start("There are no connections here that HTTP tasks could call with.");
  return check_transform(call);
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

}  // namespace

Task<TaskOutcome> http_invoke(TaskCall call) {
  if (auto checked = check_arguments(call); !checked) co_return std::unexpected(std::move(checked).error());
  auto outgoing = read_call(call);
  if (!outgoing) co_return std::unexpected(std::move(outgoing).error());
  auto authorized = co_await call.states.connections->authorize(connection_arn(call), *std::move(outgoing));
  if (!authorized) co_return std::unexpected(connection_failure(authorized.error()));
  if (auto done = transform(call, authorized->request); !done) co_return std::unexpected(std::move(done).error());
  auto response = co_await call.states.http->send(*std::move(authorized));
  if (!response) co_return std::unexpected(no_answer(response.error()));
  if (response->status < 200 || response->status > 299) {
    co_return std::unexpected(
        TaskFailure{fmt::format("States.Http.StatusCode.{}", response->status), std::move(response->body)});
  }
  auto result = http_result(*response);
  if (!result) co_return cannot_start("The answer of the API is no text.");
  co_return *std::move(result);
}

}  // namespace stepwell::states
