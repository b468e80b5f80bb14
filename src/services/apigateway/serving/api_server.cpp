#include "services/apigateway/serving/api_server.h"

#include "crypto/hash.h"
#include "services/apigateway/serving/access_log.h"
#include "services/apigateway/serving/answers.h"
#include "services/apigateway/serving/cors.h"
#include "wire/percent.h"

#include <fmt/format.h>

namespace stepwell::apigateway {
namespace {

constexpr std::size_t max_parameters = 1'000;  // of a query
constexpr std::string_view default_stage = "$default";

std::string_view first_segment(std::string_view path) {
  if (path.starts_with('/')) path.remove_prefix(1);
  return path.substr(0, path.find('/'));
}

// The stage that the path begins with, which is cut off then, or the one that needs no name.
std::shared_ptr<const Stage> choose_stage(const ServedApi& api, std::string_view& path, bool by_path) {
  const std::string_view first = first_segment(path);
  const std::string name = wire::percent_decode(first).value_or(std::string(first));
  const auto found = api.stages.find(name);
  if (found != api.stages.end() && (name != default_stage || by_path)) {
    path.remove_prefix(std::min(first.size() + 1, path.size()));
    return found->second;
  }
  const auto usual = api.stages.find(default_stage);
  return usual == api.stages.end() ? nullptr : usual->second;
}

bool read_query(Exchange& exchange) {
  const auto fields = wire::query_fields(exchange.query);
  if (fields.size() > max_parameters) return false;
  for (const auto& [name, value] : fields) exchange.parameters.emplace_back(decode_field(name), decode_field(value));
  return true;
}

std::string host_name(std::string_view host) { return std::string(host.substr(0, host.rfind(':'))); }

// As AWS's load balancers tell where a request has come from.
void add_forwarding(Exchange& exchange, Random& random) {
  http::Headers& headers = exchange.request.headers;
  http::Headers all;
  std::string forwarded_for;
  for (const auto& [name, value] : headers.fields()) {
    if (http::equals_ignoring_case(name, "x-forwarded-for")) {
      forwarded_for += forwarded_for.empty() ? value : ", " + value;
    } else if (!http::equals_ignoring_case(name, "x-forwarded-port") &&
               !http::equals_ignoring_case(name, "x-forwarded-proto")) {
      all.add(name, value);
    }
  }
  const std::string ip = exchange.source_ip();
  if (!ip.empty()) forwarded_for += forwarded_for.empty() ? ip : ", " + ip;
  const std::string_view host = exchange.request.host;
  const std::size_t colon = host.rfind(':');
  const bool has_port = colon != std::string_view::npos && !host.ends_with(']');
  if (!all.contains("X-Amzn-Trace-Id")) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(exchange.time).time_since_epoch().count();
    all.add("X-Amzn-Trace-Id",
            fmt::format("Root=1-{:08x}-{:016x}{:08x}", seconds, random.next(), random.next() >> 32U));
  }
  all.add("X-Forwarded-For", forwarded_for);
  all.add("X-Forwarded-Port", has_port                     ? std::string(host.substr(colon + 1))
                              : exchange.request.is_secure ? "443"
                                                           : "80");
  all.add("X-Forwarded-Proto", exchange.request.is_secure ? "https" : "http");
  headers = std::move(all);
}

}  // namespace

ApiServer::ApiServer(const Ports& ports)
    : ports_(ports),
      calls_(ports.directory, ports.scheduler),
      invoker_{.calls = calls_, .client = ports_.client, .random = ports_.random, .log = ports_.log},
      stages_(ports.apis),
      authorization_(invoker_, ports.clock) {}

Task<http::Response> ApiServer::answer(http::Request request) {
  const auto address = api_address(request.host, request.target);
  if (!address) co_return not_found_answer();
  const auto api = stages_.find(address->api);
  if (!api) co_return failed_answer();
  // On AWS, a name that no API has does not lead anywhere.
  if (*api == nullptr) co_return not_found_answer();
  if ((*api)->is_closed) co_return forbidden_answer();
  Exchange exchange;
  const auto [raw_path, query] = wire::split_target(address->target);
  std::string_view path = raw_path;
  exchange.stage = choose_stage(**api, path, !address->by_host);
  if (exchange.stage == nullptr) co_return not_found_answer();
  const bool names_default = !address->by_host && exchange.stage->name == default_stage;
  exchange.path = path.empty() ? "/" : path;
  exchange.raw_path = names_default || raw_path.empty() ? exchange.path : std::string(raw_path);
  exchange.query = query;
  exchange.domain = address->by_host ? host_name(request.host)
                                     : fmt::format("{}.execute-api.{}.amazonaws.com", address->api, (*api)->region);
  exchange.id = new_request_id();
  exchange.time = ports_.clock.now();
  exchange.request = std::move(request);
  const std::string origin(exchange.request.headers.get("Origin"));
  http::Response response = co_await serve(exchange);
  if (exchange.stage->cors && !is_preflight(exchange.request)) add_cors(*exchange.stage->cors, origin, response);
  response.headers.add("Apigw-Requestid", exchange.id);
  if (exchange.stage->log) write_log(exchange, response);
  co_return response;
}

bool ApiServer::has(std::string_view api) {
  const auto found = stages_.find(api);
  return found && *found != nullptr;
}

Task<http::Response> ApiServer::serve(Exchange& exchange) {
  if (exchange.request.body.size() > max_api_body) co_return message_answer(413, "Request Entity Too Large");
  if (!read_query(exchange)) co_return message_answer(400, "Bad Request");
  if (exchange.stage->cors && is_preflight(exchange.request)) {
    co_return preflight_answer(*exchange.stage->cors, exchange.request);
  }
  const auto segments = path_segments(exchange.path);
  const auto route = exchange.stage->table.find(exchange.request.method, segments);
  if (!route) co_return not_found_answer();
  exchange.route = &exchange.stage->routes[*route];
  if (exchange.route->throttle && !exchange.route->throttle->takes(exchange.time)) co_return throttled_answer();
  exchange.variables = path_variables(exchange.route->key, segments);
  if (auto refusal = co_await authorization_.check(exchange)) co_return std::move(*refusal);
  if (exchange.route->integration == nullptr) co_return not_found_answer();
  add_forwarding(exchange, ports_.random);
  co_return co_await carry_out(invoker_, exchange, *exchange.route->integration);
}

void ApiServer::write_log(const Exchange& exchange, const http::Response& response) {
  const Timestamp now = ports_.clock.now();
  write_access_log({.directory = ports_.directory, .store = ports_.store, .log = ports_.log}, exchange,
                   access_log_line(exchange, response, now - exchange.time), now);
}

// Eleven bytes in base64, as AWS's look.
std::string ApiServer::new_request_id() {
  std::string bytes;
  for (std::uint64_t number : {ports_.random.next(), ports_.random.next()}) {
    for (int i = 0; i < 8 && bytes.size() < 11; ++i, number >>= 8U) bytes += static_cast<char>(number & 0xffU);
  }
  return crypto::base64_encode(bytes);
}

}  // namespace stepwell::apigateway
