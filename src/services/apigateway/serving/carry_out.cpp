// Mappings around an integration: what it is given, and what of its answer the client gets.

#include "services/apigateway/serving/answers.h"
#include "services/apigateway/serving/headers.h"
#include "services/apigateway/serving/invocation.h"
#include "wire/percent.h"

#include <algorithm>
#include <charconv>

namespace stepwell::apigateway {
namespace {

void remove(Fields& fields, std::string_view name, bool ignore_case) {
  std::erase_if(fields, [&](const auto& field) {
    return ignore_case ? http::equals_ignoring_case(field.first, name) : field.first == name;
  });
}

void change_fields(Fields& fields, const Change& change, const std::optional<std::string>& value, bool ignore_case) {
  if (change.action != Change::Action::append) remove(fields, change.name, ignore_case);
  if (change.action != Change::Action::remove && value) fields.emplace_back(change.name, *value);
}

http::Headers headers_of(Fields fields) {
  http::Headers headers;
  for (auto& [name, value] : fields) {
    if (is_header(name, value)) headers.add(std::move(name), std::move(value));
  }
  return headers;
}

std::string query_of(const Fields& parameters) {
  std::string query;
  for (const auto& [name, value] : parameters) {
    if (!query.empty()) query += '&';
    query += fmt::format("{}={}", wire::percent_encode(name), wire::percent_encode(value));
  }
  return query;
}

// Every value is worked out before anything is changed.
void change_request(Exchange& exchange, const std::vector<Change>& changes) {
  if (changes.empty()) return;
  std::vector<std::optional<std::string>> values;
  for (const Change& change : changes) values.push_back(change.value.fill(exchange));
  Fields headers = exchange.request.headers.fields();
  bool changes_query = false;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    switch (changes[i].place) {
      case Change::Place::header: change_fields(headers, changes[i], values[i], true); break;
      case Change::Place::querystring:
        change_fields(exchange.parameters, changes[i], values[i], false);
        changes_query = true;
        break;
      case Change::Place::path:
        if (values[i]) exchange.path = exchange.raw_path = wire::percent_encode(*values[i], wire::Slash::keep);
        break;
      case Change::Place::status: break;
    }
  }
  exchange.request.headers = headers_of(std::move(headers));
  if (changes_query) exchange.query = query_of(exchange.parameters);
}

void change_status(http::Response& response, std::string_view text) {
  int status = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), status);
  if (parsed.ec == std::errc{} && status >= 200 && status <= 599) response.status = status;
}

void change_response(const Exchange& exchange, const Integration& integration, http::Response& response) {
  const auto changes =
      std::ranges::find(integration.response_changes, response.status, &std::pair<int, std::vector<Change>>::first);
  if (changes == integration.response_changes.end()) return;
  const ResponseValues values(exchange, response);
  std::vector<std::optional<std::string>> all;
  for (const Change& change : changes->second) all.push_back(change.value.fill(values));
  Fields headers = response.headers.fields();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Change& change = changes->second[i];
    if (change.place == Change::Place::status) {
      change_status(response, all[i].value_or(""));
    } else {
      change_fields(headers, change, all[i], true);
    }
  }
  response.headers = headers_of(std::move(headers));
}

}  // namespace

Task<http::Response> carry_out(const Invoker& invoker, Exchange& exchange, const Integration& integration) {
  change_request(exchange, integration.request_changes);
  http::Response response;
  switch (integration.type) {
    case Integration::Type::lambda: response = co_await invoke_lambda(invoker, exchange, integration); break;
    case Integration::Type::service: response = co_await invoke_service(invoker, exchange, integration); break;
    case Integration::Type::http: response = co_await invoke_http(invoker, exchange, integration); break;
  }
  change_response(exchange, integration, response);
  co_return response;
}

}  // namespace stepwell::apigateway
