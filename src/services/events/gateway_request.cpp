#include "services/events/gateway_request.h"

#include "lang/json/documents.h"
#include "services/events/api_request.h"
#include "services/events/errors.h"

namespace stepwell::events {
namespace {

std::string_view take_segment(std::string_view& rest) {
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  const std::string_view segment = rest.substr(0, slash);
  rest.remove_prefix(std::min(slash + 1, rest.size()));
  return segment;
}

}  // namespace

Result<deliveries::HttpRequest> gateway_request(const wire::Arn& api, const json::Value& target, std::string body) {
  std::string_view rest = api.resource;
  const std::string_view id = take_segment(rest);
  const std::string_view stage = take_segment(rest);
  const std::string_view method = take_segment(rest);
  if (id.empty() || stage.empty() || method.empty()) {
    return fail(errors::invalid(
        fmt::format("Parameter {} is not valid. Reason: Provided Arn is not in correct format.", api.text())));
  }
  const json::Value parameters = object_of(target, "HttpParameters");
  deliveries::HttpRequest request{
      .method = std::string(method == "*" ? "POST" : method),
      .url = fmt::format("https://{}.execute-api.{}.amazonaws.com", id, api.region),
      .headers = {{"content-type", "application/json"}, {"user-agent", "Amazon/EventBridge/ApiGateway"}},
      .body = std::move(body),
      .timeout = std::chrono::seconds(30)};
  if (stage != "$default") request.url += fmt::format("/{}", stage);
  request.url += '/';
  request.url += with_path_values(rest, elements_of(parameters, "PathParameterValues"));
  for (const json::Member& header : object_of(parameters, "HeaderParameters").members()) {
    request.headers.emplace_back(header.key, header.value.as_string());
  }
  for (const json::Member& query : object_of(parameters, "QueryStringParameters").members()) {
    add_query(request.url, query.key, query.value.as_string());
  }
  return request;
}

}  // namespace stepwell::events
