#include "server/doorkeeper.h"

#include "lang/json/build.h"
#include "lang/json/print.h"
#include "server/console/pages.h"
#include "server/own_pages.h"
#include "services/apigateway/serving/answers.h"
#include "services/apigateway/serving/api_server.h"
#include "wire/codec.h"
#include "wire/protocol.h"

#include <array>

#include <fmt/format.h>

namespace stepwell::server {
namespace {

constexpr std::size_t small_body = 64U << 10U;  // where it does not matter what is asked
constexpr std::size_t unknown_service = 1U << 20U;

enum class Browsers { refused, allowed };
struct ServiceEntry {
  std::string_view name;
  Browsers browsers;
  std::size_t bytes;
};
constexpr auto services = std::to_array<ServiceEntry>({
#define SERVICE(name, browsers, bytes) {#name, Browsers::browsers, bytes},
#include "server/services.def"
#undef SERVICE
});

struct BodyEntry {
  std::string_view service;
  std::string_view operation;
  std::size_t bytes;
};
constexpr auto bodies = std::to_array<BodyEntry>({
#define BODY(service, operation, bytes) {#service, #operation, bytes},
#include "server/body_limits.def"
#undef BODY
});

const ServiceEntry* entry_of(const wire::ApiModel* model) {
  if (model == nullptr) return nullptr;
  const auto found = std::ranges::find(services, model->service(), &ServiceEntry::name);
  return found == services.end() ? nullptr : &*found;
}

// Empty where it stands in the body.
std::string_view operation_of(const wire::ApiModel& model, const http::Request& header) {
  const wire::Protocol protocol = wire::protocol_of(model, header);
  if (protocol == wire::Protocol::aws_json) {
    const std::string_view target = header.headers.get("X-Amz-Target");
    return target.substr(target.rfind('.') + 1);
  }
  const wire::OperationModel* operation =
      protocol == wire::Protocol::aws_query ? wire::match_action(model, header) : wire::match_operation(model, header);
  return operation == nullptr ? std::string_view() : operation->name;
}

std::size_t max_body(const wire::ApiModel* model, std::string_view operation) {
  const ServiceEntry* entry = entry_of(model);
  if (entry == nullptr) return unknown_service;
  for (const BodyEntry& body : bodies) {
    if (body.service == entry->name && body.operation == operation) return body.bytes;
  }
  return entry->bytes;
}

// http://HOST or https://HOST, the page being this server's own.
bool is_own_origin(std::string_view origin, std::string_view host) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (origin.starts_with(scheme)) return http::equals_ignoring_case(origin.substr(scheme.size()), host);
  }
  return false;
}

// Following a link to the console brings its files, which are the same for everybody; what they ask for is asked by the
// console's own origin.
bool is_way_to_console(const http::Request& header) {
  return console::is_page(header.target) && (header.method == "GET" || header.method == "HEAD") &&
         header.headers.get("Sec-Fetch-Mode") == "navigate" && header.headers.get("Sec-Fetch-Dest") == "document";
}

bool is_of_another_page(const http::Request& header) {
  const std::string_view site = header.headers.get("Sec-Fetch-Site");
  if (site == "cross-site" || site == "same-site") return true;
  const std::string_view origin = header.headers.get("Origin");
  return !origin.empty() && !is_own_origin(origin, header.host);
}

Error denied(int status, std::string message) {
  return {.fault = Fault::client,
          .code = "AccessDeniedException",
          .message = std::move(message),
          .detail = {},
          .status = status};
}

Error from_another_page() {
  return denied(
      403,
      "Pages of other origins cannot call this server. Call it from a program, or from a page that this server "
      "itself has sent.");
}

Error too_large(std::size_t limit, std::string_view operation) {
  return {.fault = Fault::client,
          .code = "RequestEntityTooLargeException",
          .message = fmt::format("Request must be smaller than {} bytes for the {} operation", limit, operation),
          .detail = {},
          .status = 413};
}

// As each protocol's clients know to try again.
Error overloaded(const wire::ApiModel* model) {
  const bool rest = model != nullptr && model->protocol() == wire::Protocol::rest_json;
  return {.fault = Fault::client,
          .code = rest ? "TooManyRequestsException" : "ThrottlingException",
          .message = "Rate exceeded",
          .detail = "The server has more requests under way than it takes at once.",
          .status = rest ? 429 : 400};
}

}  // namespace

net::Admission Doorkeeper::admit(const http::Request& header, std::optional<std::uint64_t> body_bytes,
                                 const net::Load& load) {
  if (auto error = misdirected(header))
    return {.max_body_bytes = small_body, .refusal = refuse(header, nullptr, *error)};
  if (apigateway::api_address(header.host, header.target)) return admit_to_api(body_bytes, load);
  const bool browser = is_of_another_page(header) && !is_way_to_console(header);
  const bool small = body_bytes.value_or(small_body + 1) <= small_body;
  const bool crowded = is_overloaded(load);
  if (!browser && small && !crowded) return {.max_body_bytes = small_body};
  const wire::ApiModel* model = wire::find_service(directory_.models(), header);
  const ServiceEntry* entry = entry_of(model);
  if (browser && (entry == nullptr || entry->browsers == Browsers::refused))
    return {.max_body_bytes = small_body, .refusal = refuse(header, model, from_another_page())};
  const std::string_view operation = model == nullptr ? "" : operation_of(*model, header);
  const std::size_t limit = max_body(model, operation);
  if (body_bytes.value_or(0) > limit)
    return {.max_body_bytes = 0, .refusal = refuse(header, model, too_large(limit, operation))};
  const std::size_t most = body_bytes.value_or(limit);
  const bool no_room = most > net::kLargeBody && load.large_body_bytes + most > limits_.max_large_body_bytes;
  if (no_room || (crowded && !is_own_page(header.target))) {
    http::Response response = refuse(header, model, overloaded(model));
    response.headers.add("Retry-After", "1");
    return {.max_body_bytes = no_room ? 0 : small_body, .refusal = std::move(response)};
  }
  return {.max_body_bytes = limit};
}

// Pages of any origin may ask: what they may see is for the API to say (CORS).
net::Admission Doorkeeper::admit_to_api(std::optional<std::uint64_t> body_bytes, const net::Load& load) {
  constexpr std::size_t limit = apigateway::max_api_body;
  if (body_bytes.value_or(0) > limit) {
    return {.max_body_bytes = 0, .refusal = apigateway::message_answer(413, "Request Entity Too Large")};
  }
  const std::size_t most = body_bytes.value_or(limit);
  const bool no_room = most > net::kLargeBody && load.large_body_bytes + most > limits_.max_large_body_bytes;
  if (!no_room && !is_overloaded(load)) return {.max_body_bytes = most <= small_body ? small_body : limit};
  return {.max_body_bytes = no_room ? 0 : small_body, .refusal = apigateway::message_answer(429, "Too Many Requests")};
}

std::optional<Error> Doorkeeper::misdirected(const http::Request& header) const {
  if (callers_ == Callers::known || names_.contains(header.host)) return std::nullopt;
  return denied(421,
                fmt::format("This server does not answer to the name '{}'. If it is one of its names, start it with "
                            "--host-name {}.",
                            header.host, header.host));
}

// Half of the room is anybody's; beyond it, nobody has more than that half.
bool Doorkeeper::is_overloaded(const net::Load& load) const {
  return load.requests > limits_.max_requests ||
         (load.requests > limits_.max_requests / 2 && load.requests_of_client > limits_.max_requests / 2);
}

http::Response Doorkeeper::refuse(const http::Request& header, const wire::ApiModel* model, const Error& error) {
  wire::Call call;
  call.caller.request_id = make_uuid(random_);
  if (model != nullptr) {
    call.protocol = wire::protocol_of(*model, header);
    return wire::encode_error(*model, call, error);
  }
  http::Response response{.status = error.status, .headers = {}, .body = {}};
  response.headers.add("Content-Type", "application/json");
  response.headers.add("X-Content-Type-Options", "nosniff");
  response.headers.add("x-amzn-ErrorType", error.code);
  response.headers.add("x-amzn-RequestId", call.caller.request_id);
  response.body = json::print(json::ObjectBuilder(call.arena)
                                  .add("__type", "com.amazon.coral.service#" + error.code)
                                  .add("message", error.message)
                                  .build());
  return response;
}

}  // namespace stepwell::server
