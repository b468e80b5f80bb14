// arn:aws:states:::apigateway:invoke (spec §4): a call of an API: https://<ApiEndpoint>/<Stage>/<Path>. What the API
// answers with a status of 2xx is the task's result; any other is the failure ApiGateway.<status> with the body as its
// cause.

#include "lang/json/build.h"
#include "lang/json/print.h"
#include "services/directory/signature.h"
#include "services/states/http/message.h"
#include "services/states/integration.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace stepwell::states {
namespace {

constexpr Duration timeout{29'000};  // as long as an API may take
constexpr std::size_t max_answer_bytes = 10U << 20U;

constexpr auto forbidden_headers = std::to_array<std::string_view>(
    {"authorization", "connection", "content-md5", "expect", "host", "max-forwards", "proxy-authenticate", "server",
     "te", "trailer", "transfer-encoding", "upgrade", "via", "www-authenticate", "x-amz*", "x-forwarded*"});
constexpr auto methods = std::to_array<std::string_view>({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"});

std::unexpected<TaskFailure> unusable(const TaskCall& call, std::string_view why) {
  return cannot_start(
      fmt::format("The Parameters '{}' could not be used to start the Task: [{}]", json::print(call.arguments), why));
}

std::unexpected<TaskFailure> bad_format(const TaskCall& call, std::string_view field) {
  return unusable(call, fmt::format("The value of the field '{}' has an invalid format", field));
}

// The values of a header or a query parameter: a list of texts.
bool are_texts(const json::Value& value) {
  if (!value.is_array()) return false;
  return std::ranges::all_of(value.elements(), [](const json::Value& each) { return each.is_string(); });
}

std::expected<void, TaskFailure> read_headers(const TaskCall& call, http::Request& request) {
  const json::Value headers = member_of(call.arena, call.arguments, "Headers");
  for (const json::Member& header : headers.members()) {
    if (is_among(header.key, forbidden_headers))
      return unusable(call, fmt::format("The 'Headers' field contains unsupported values: [{}]", header.key));
    if (!are_texts(header.value)) return bad_format(call, "Headers");
    for (const json::Value& value : header.value.elements())
      request.headers.add(std::string(header.key), std::string(value.as_string()));
  }
  return {};
}

std::expected<std::string, TaskFailure> read_query(const TaskCall& call) {
  std::string query;
  const json::Value parameters = member_of(call.arena, call.arguments, "QueryParameters");
  for (const json::Member& parameter : parameters.members()) {
    if (!are_texts(parameter.value)) return bad_format(call, "QueryParameters");
    for (const json::Value& value : parameter.value.elements()) add_parameter(query, parameter.key, value.as_string());
  }
  return query;
}

json::Value without_nulls(json::Arena& arena, const json::Value& value) {
  if (value.is_array()) {
    std::vector<json::Value> elements;
    for (const json::Value& each : value.elements()) elements.push_back(without_nulls(arena, each));
    return json::make_array(arena, elements);
  }
  if (!value.is_object()) return value;
  json::ObjectBuilder object(arena);
  for (const json::Member& member : value.members()) {
    if (!member.value.is_null()) object.add(member.key, without_nulls(arena, member.value));
  }
  return object.build();
}

void read_body(const TaskCall& call, http::Request& request) {
  const json::Value* body = call.arguments.find("RequestBody");
  if (body == nullptr || body->is_null()) return;
  const json::Value* nulls = call.arguments.find("AllowNullValues");
  const bool keeps_nulls = nulls != nullptr && nulls->is_boolean() && nulls->as_boolean();
  request.body = json::print(keeps_nulls ? *body : without_nulls(call.arena, *body));
  if (!request.headers.contains("Content-Type")) request.headers.add("Content-Type", "application/json");
}

std::string url_of(const TaskCall& call) {
  std::string url = text_of(call.arguments, "ApiEndpoint");
  if (!url.contains("://")) url.insert(0, "https://");
  for (const std::string_view part : {"Stage", "Path"}) {
    std::string segment = text_of(call.arguments, part);
    if (segment.empty()) continue;
    while (url.ends_with('/')) url.pop_back();
    if (!segment.starts_with('/')) segment.insert(0, 1, '/');
    url += segment;
  }
  return url;
}

// abc123.execute-api.eu-west-1.amazonaws.com: eu-west-1; that of the caller elsewhere.
std::string_view region_of(std::string_view host, std::string_view own) {
  constexpr std::string_view service = ".execute-api.";
  const std::size_t at = host.find(service);
  if (at == std::string_view::npos) return own;
  host.remove_prefix(at + service.size());
  return host.substr(0, host.find('.'));
}

// With the keys of the task's role.
std::expected<void, TaskFailure> sign(const TaskCall& call, const std::string& url, http::Request& request) {
  const std::string type = text_of(call.arguments, "AuthType");
  if (type.empty() || type == "NO_AUTH") return {};
  directory::AccessControl* access = call.directory.access();
  if (access == nullptr || call.caller.principal == nullptr) {
    return std::unexpected(TaskFailure{
        "ApiGateway.SdkClientException",
        fmt::format("AuthType {}: the state machine's role has keys only where permissions are enforced", type)});
  }
  const std::size_t host_begin = url.find("://") + 3;
  const std::size_t target_begin = std::min(url.find_first_of("/?", host_begin), url.size());
  request.host = url.substr(host_begin, target_begin - host_begin);
  request.target = url.substr(target_begin);
  if (!request.target.starts_with('/')) request.target.insert(0, 1, '/');
  const auto keys = access->issue(*call.caller.principal, std::chrono::minutes(15));
  directory::sign_request(request, keys, region_of(request.host, call.caller.region), "execute-api",
                          call.states.clock.now());
  return {};
}

std::expected<http::Call, TaskFailure> read_call(const TaskCall& call) {
  http::Call outgoing;
  outgoing.request.method = text_of(call.arguments, "Method");
  if (text_of(call.arguments, "ApiEndpoint").empty()) return bad_format(call, "ApiEndpoint");
  if (std::ranges::find(methods, outgoing.request.method) == methods.end()) return bad_format(call, "Method");
  TRY(read_headers(call, outgoing.request));
  TRY_ASSIGN(const std::string query, read_query(call));
  read_body(call, outgoing.request);
  outgoing.url = with_query(url_of(call), query);
  outgoing.timeout = timeout;
  outgoing.max_response_bytes = max_answer_bytes;
  TRY(sign(call, outgoing.url, outgoing.request));
  return outgoing;
}

}  // namespace

Task<TaskOutcome> apigateway_invoke(TaskCall call) {
  auto outgoing = read_call(call);
  if (!outgoing) co_return std::unexpected(std::move(outgoing).error());
  if (call.states.http == nullptr) co_return cannot_start("Tasks that call HTTP APIs are not run here.");
  const auto response = co_await call.states.http->send(*std::move(outgoing));
  if (!response) co_return std::unexpected(TaskFailure{"ApiGateway.SdkClientException", response.error().message});
  if (response->status < 200 || response->status > 299)
    co_return std::unexpected(TaskFailure{fmt::format("ApiGateway.{}", response->status), response->body});
  auto result = http_result(*response);
  if (!result) co_return cannot_start("The answer of the API is no text.");
  co_return *std::move(result);
}

}  // namespace stepwell::states
