#include "services/events/api_request.h"

#include "lang/json/documents.h"
#include "lang/json/parse.h"
#include "services/events/errors.h"
#include "wire/percent.h"

namespace stepwell::events {

std::string with_path_values(std::string_view text, std::span<const json::Value> values) {
  std::string url;
  for (const char c : text) {
    if (c == '*' && !values.empty()) {
      url += wire::percent_encode(values.front().as_string());
      values = values.subspan(1);
    } else {
      url += c;
    }
  }
  return url;
}

Place resource_place(const Place& named) {
  Place place = named;
  place.name = place.name.substr(0, place.name.find('/'));
  return place;
}

void add_query(std::string& url, std::string_view name, std::string_view value) {
  url += url.contains('?') ? '&' : '?';
  url += wire::percent_encode(name);
  url += '=';
  url += wire::percent_encode(value);
}

Result<deliveries::HttpRequest> api_request(const Named& destination, const json::Value& target, std::string body,
                                            Registry& registry) {
  const Place place = resource_place(destination.place);
  const ResourcePtr found = registry.find(Shelf::destinations, place);
  if (found == nullptr) return fail(errors::destination_not_found(place.name));
  json::Arena arena;
  const auto document = json::parse(arena, found->document);
  if (!document) return fail(internal_error(fmt::format("API destination {} cannot be read.", place.name)));
  const json::Value parameters = object_of(target, "HttpParameters");
  deliveries::HttpRequest request{
      .method = std::string(text_of(*document, "HttpMethod")),
      .url = with_path_values(text_of(*document, "InvocationEndpoint"), elements_of(parameters, "PathParameterValues")),
      .headers = {{"content-type", "application/json; charset=utf-8"},
                  {"user-agent", "Amazon/EventBridge/ApiDestinations"}},
      .body = std::move(body),
      .timeout = std::chrono::seconds(5),
      .connection_arn = std::string(text_of(*document, "ConnectionArn"))};
  for (const json::Member& header : object_of(parameters, "HeaderParameters").members()) {
    request.headers.emplace_back(header.key, header.value.as_string());
  }
  for (const json::Member& query : object_of(parameters, "QueryStringParameters").members()) {
    add_query(request.url, query.key, query.value.as_string());
  }
  return request;
}

}  // namespace stepwell::events
