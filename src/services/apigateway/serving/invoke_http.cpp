#include "services/apigateway/serving/answers.h"
#include "services/apigateway/serving/headers.h"
#include "services/apigateway/serving/invocation.h"
#include "wire/percent.h"

namespace stepwell::apigateway {
namespace {

constexpr std::size_t max_answer = 10U << 20U;

// {name} and {name+} as the request's path has them.
std::string with_variables(std::string_view uri, const Fields& variables) {
  std::string url;
  while (!uri.empty()) {
    const std::size_t open = std::min(uri.find('{'), uri.size());
    const std::size_t close = uri.find('}', open);
    url += uri.substr(0, open);
    uri.remove_prefix(open);
    if (uri.empty() || close == std::string_view::npos) break;
    std::string_view name = uri.substr(1, close - open - 1);
    if (name.ends_with('+')) name.remove_suffix(1);
    for (const auto& [variable, value] : variables) {
      if (variable == name) url += wire::percent_encode(value, wire::Slash::keep);
    }
    uri.remove_prefix(close - open + 1);
  }
  return url + std::string(uri);
}

std::string url_of(const Exchange& exchange, const Integration& integration) {
  std::string url = with_variables(integration.uri.fill(exchange).value_or(""), exchange.variables);
  const bool changes_path = std::ranges::any_of(
      integration.request_changes, [](const Change& change) { return change.place == Change::Place::path; });
  if (changes_path) {
    const std::size_t host = url.find("://") + 3;
    url.resize(std::min(url.find_first_of("/?", host), url.size()));
  }
  // What has no place in the URI of a route that takes everything follows it.
  if (changes_path || exchange.route->key.is_default()) {
    while (url.ends_with('/')) url.pop_back();
    if (!exchange.path.starts_with('/')) url += '/';
    url += exchange.path;
  }
  if (exchange.query.empty()) return url;
  url += url.contains('?') ? '&' : '?';
  return url + exchange.query;
}

bool is_passed_on(std::string_view name) {
  return !is_of_connection(name) && !http::equals_ignoring_case(name, "host") &&
         !http::equals_ignoring_case(name, "forwarded") && !http::equals_ignoring_case(name, "via");
}

}  // namespace

Task<http::Response> invoke_http(const Invoker& invoker, const Exchange& exchange, const Integration& integration) {
  http::Call call;
  call.url = url_of(exchange, integration);
  call.timeout = integration.timeout;
  call.max_response_bytes = max_answer;
  call.request.method = integration.method == any_method ? exchange.request.method : integration.method;
  for (const auto& [name, value] : exchange.request.headers.fields()) {
    if (is_passed_on(name)) call.request.headers.add(name, value);
  }
  call.request.headers.add("forwarded", fmt::format("for={};host={};proto={}", exchange.source_ip(), exchange.domain,
                                                    exchange.request.is_secure ? "https" : "http"));
  call.request.headers.add("via", "HTTP/1.1 AmazonAPIGateway");
  call.request.body = exchange.request.body;
  auto answer = co_await invoker.client.send(std::move(call));
  if (!answer) {
    const bool too_large = answer.error().code == "ResponseTooLarge";
    if (too_large || answer.error().code == "InvalidUrl") co_return failed_answer();
    co_return unavailable_answer();
  }
  http::Response response{.status = answer->status, .headers = {}, .body = std::move(answer->body)};
  for (const auto& [name, value] : answer->headers.fields()) {
    if (!is_of_connection(name) && !http::equals_ignoring_case(name, "date")) response.headers.add(name, value);
  }
  co_return response;
}

}  // namespace stepwell::apigateway
