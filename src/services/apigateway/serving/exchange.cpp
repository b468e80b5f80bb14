#include "services/apigateway/serving/exchange.h"

#include "lang/json/documents.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "wire/percent.h"

#include <algorithm>

#include <fmt/format.h>

namespace stepwell::apigateway {
namespace {

// AWS cuts bodies here before it looks into them; what is cut is no JSON.
constexpr std::size_t max_searched_body = 100U << 10U;

std::optional<std::string> named(const Fields& fields, std::string_view name) {
  const auto found = std::ranges::find(fields, name, &Fields::value_type::first);
  return found == fields.end() ? std::nullopt : std::optional(found->second);
}

std::string plain_text(const json::Value& value) {
  return value.is_string() ? std::string(value.as_string()) : json::print(value);
}

}  // namespace

std::string decode_field(std::string_view text) {
  std::string spaced(text);
  std::ranges::replace(spaced, '+', ' ');
  return wire::percent_decode(spaced).value_or(std::string(text));
}

std::optional<std::string> joined(const Fields& fields, std::string_view name, bool ignore_case) {
  std::optional<std::string> all;
  for (const auto& [key, value] : fields) {
    if (ignore_case ? !http::equals_ignoring_case(key, name) : key != name) continue;
    if (all) {
      *all += ',';
      *all += value;
    } else {
      all = value;
    }
  }
  return all;
}

std::optional<std::string> value_in_body(json::Arena& arena, std::string_view body, const jsonpath::Path& path) {
  if (body.size() > max_searched_body) return std::nullopt;
  const auto document = json::parse(arena, body, {.max_depth = 64});
  if (!document) return std::nullopt;
  const auto value = path.evaluate(arena, *document);
  if (!value || value->is_null()) return std::nullopt;
  return plain_text(*value);
}

std::optional<std::string> Exchange::find(const Expression& expression) const {
  switch (expression.source) {
    case Source::request_header: return joined(request.headers.fields(), expression.name, true);
    case Source::request_querystring: return joined(parameters, expression.name, false);
    case Source::request_path: return path;
    case Source::request_path_variable: return named(variables, expression.name);
    case Source::request_body: return of_body(expression);
    case Source::context: return context_value(*this, expression.name);
    case Source::stage_variable: return named(stage->variables, expression.name);
    case Source::response_header:
    case Source::response_body: return std::nullopt;
  }
  return std::nullopt;
}

std::optional<std::string> Exchange::of_body(const Expression& expression) const {
  if (expression.path == nullptr) return request.body;
  return value_in_body(arena, request.body, *expression.path);
}

std::string Exchange::source_ip() const {
  std::string_view peer = request.peer;
  if (peer.starts_with('[')) return std::string(peer.substr(1, peer.find(']') - 1));
  return std::string(peer.substr(0, peer.rfind(':')));
}

std::string Exchange::route_arn() const {
  return fmt::format("{}/{}{}", stage->api_arn(), request.method, path.empty() ? "/" : path);
}

std::string Exchange::source_arn() const {
  if (route->key.is_default()) return fmt::format("{}/{}", stage->api_arn(), route->text);
  return fmt::format("{}/{}{}", stage->api_arn(), request.method, route->key.resource());
}

std::string Exchange::request_time() const {
  static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
  return fmt::format("{:02}/{}/{:04}:{:02}:{:02}:{:02} +0000", static_cast<unsigned>(date.day()),
                     months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::optional<std::string> ResponseValues::find(const Expression& expression) const {
  if (expression.source == Source::response_header) {
    return joined(response_.headers.fields(), expression.name, true);
  }
  if (expression.source != Source::response_body) return exchange_.find(expression);
  if (expression.path == nullptr) return response_.body;
  return value_in_body(exchange_.arena, response_.body, *expression.path);
}

}  // namespace stepwell::apigateway
