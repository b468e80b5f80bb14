#include "server/dispatcher.h"

#include "server/backups.h"
#include "server/console/api.h"
#include "server/console/pages.h"
#include "server/open_links.h"
#include "wire/errors.h"
#include "wire/percent.h"
#include "wire/protocol.h"

#include <fmt/format.h>

namespace stepwell::server {
namespace {

constexpr double seconds[] = {0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                              0.1,    0.25,    0.5,    1,     2.5,    5,     10,   60};
constexpr std::size_t max_trace_header = 256;  // as AWS bounds traceHeader

// Of a session, in the header or the query; empty: none.
std::string token_of(const http::Request& request) {
  const std::string_view header = request.headers.get("X-Amz-Security-Token");
  if (!header.empty()) return std::string(header);
  const std::string_view query = wire::split_target(request.target).second;
  if (!query.contains("X-Amz-Security-Token=")) return {};
  return wire::query_value(query, "X-Amz-Security-Token").value_or("");
}

http::Response certificate_page(std::string certificate) {
  http::Response response{.status = 200, .headers = {}, .body = std::move(certificate)};
  response.headers.add("Content-Type", "application/x-pem-file");
  return response;
}

}  // namespace

Dispatcher::Dispatcher(directory::Directory& directory, Clock& clock, Random& random, Log& log,
                       metrics::Registry& registry, DispatcherOptions options)
    : directory_(directory),
      clock_(clock),
      random_(random),
      log_(log),
      registry_(registry),
      requests_(registry.counters("stepwell_requests_total", "API requests by operation and error code.",
                                  {"service", "operation", "error"})),
      times_(registry.histograms("stepwell_request_seconds", "Time from a request's arrival to its answer.",
                                 {"service", "operation"}, seconds)),
      options_(std::move(options)),
      pages_{.health = [this] { return health(); }, .metrics = [this] { return registry_.text(); }} {
  const Keeping& keeping = options_.keeping;
  registry.facts("stepwell_store_info", "How acknowledged writes are kept.", {"store", "sync"})
      .at({keeping.store, keeping.sync})
      .add();
  registry.read(metrics::Kind::gauge, "stepwell_sync_interval_seconds",
                "Acknowledged writes that a crash of the machine may take; 0: none.",
                [interval = keeping.sync_interval] { return std::chrono::duration<double>(interval).count(); });
}

Task<http::Response> Dispatcher::handle(http::Request request, std::stop_token gone) {
  if (apigateway::api_address(request.host, request.target)) {
    if (apigateway::ApiServer* apis = options_.apis()) co_return co_await apis->answer(std::move(request));
  }
  if (options_.backups != nullptr && is_backup_page(request.target)) co_return backup_page(request);
  if (console::is_page(request.target)) co_return console::page(request);
  if (options_.api != nullptr && console::is_api(request.target))
    co_return co_await console_answer(std::move(request), std::move(gone));
  if (is_own_page(request.target)) co_return own_page(request, pages_);
  const auto began = std::chrono::steady_clock::now();
  wire::Call call = make_call(request, std::move(gone));
  const wire::ApiModel* model = wire::find_service(directory_.models(), request);
  if (model == nullptr) {
    if (auto certificate = options_.certificate(request.target)) co_return certificate_page(std::move(*certificate));
    if (console::is_visit(request)) co_return console::way_in();
    co_return wire::encode_unknown_service(request, call.caller.request_id);
  }
  call.protocol = wire::protocol_of(*model, request);
  directory::Service& service = *directory_.find(model->service());
  Result<wire::Reply> reply = fail(Error{});
  try {
    reply = co_await run(service, request, call);
  } catch (const std::exception& exception) {
    log_.error(fmt::format("{} ended with an exception: {}", call.operation ? call.operation->name : "A request",
                           exception.what()));
    reply = fail(internal_error("Internal server error"));
  }
  count(*model, call, reply, std::chrono::steady_clock::now() - began);
  if (!reply && reply.error().fault == Fault::server) {
    log_.warning(fmt::format("{}:{}: {}", model->service(), call.operation ? call.operation->name : "unknown",
                             reply.error().message));
  }
  co_return reply ? wire::encode(*model, call, *reply) : wire::encode_error(*model, call, reply.error());
}

wire::Call Dispatcher::make_call(const http::Request& request, std::stop_token gone) {
  wire::Call call;
  call.gone = std::move(gone);
  call.caller.account = options_.account;
  call.caller.region = options_.region;
  call.caller.request_id = make_uuid(random_);
  call.caller.trace_header = request.headers.get("X-Amzn-Trace-Id").substr(0, max_trace_header);
  return call;
}

Task<http::Response> Dispatcher::console_answer(http::Request request, std::stop_token gone) {
  wire::Call call = make_call(request, std::move(gone));
  if (console::is_for_anybody(request.target)) co_return options_.api->facts(call.caller);
  if (const auto known = authenticate(request, call); !known) co_return console::refusal(known.error());
  co_return co_await options_.api->answer(std::move(request), std::move(call));
}

Task<Result<wire::Reply>> Dispatcher::run(directory::Service& service, http::Request& request, wire::Call& call) {
  if (!options_.verifies || !is_open_link(service.model(), request)) CO_TRY(authenticate(request, call));
  call.caller.is_secure = request.is_secure;
  call.caller.host = std::move(request.host);
  CO_TRY(wire::decode(service.model(), request, call));
  CO_TRY(directory_.authorize(service, call));
  co_return co_await service.call(call);
}

Result<void> Dispatcher::authenticate(http::Request& request, wire::Call& call) {
  if (options_.verifies) {
    TRY_ASSIGN(call.caller.principal, verify(request));
    TRY_ASSIGN(const auto signature, wire::read_signature(request));
    call.caller.access_key = signature->access_key;
    call.caller.region = signature->region;
    call.caller.account = call.caller.principal->account;
    call.caller.peer = std::move(request.peer);
    directory_.access()->used(signature->access_key, signature->service, signature->region);
    return {};
  }
  // Nobody is verified here, so a signature that cannot be read says no more than none.
  const auto signature = wire::read_signature(request);
  if (!signature || !*signature) return {};
  call.caller.access_key = (*signature)->access_key;
  if (!(*signature)->region.empty()) call.caller.region = (*signature)->region;
  if (const auto identity = claimed(call.caller.access_key, request)) {
    call.caller.principal = identity->principal;
    call.caller.account = identity->principal->account;
  }
  return {};
}

// Whom a key that this server has made belongs to, be the signature right or not.
std::optional<directory::Identity> Dispatcher::claimed(std::string_view access_key,
                                                       const http::Request& request) const {
  const bool is_made_here = access_key.starts_with("AKIA") || access_key.starts_with("ASIA");
  if (!is_made_here || directory_.access() == nullptr) return std::nullopt;
  auto identity = directory_.access()->identify(access_key, token_of(request));
  return identity ? std::optional(std::move(*identity)) : std::nullopt;
}

// A proxy may have put another host into the request than the client has signed: one of the server's own names.
Result<directory::PrincipalPtr> Dispatcher::verify(http::Request& request) const {
  const std::string token = token_of(request);
  Result<directory::Identity> identity = fail(Error{});
  const auto secret_of = [&](std::string_view access_key) -> std::optional<std::string> {
    identity = directory_.access()->identify(access_key, token);
    return identity ? std::optional(identity->secret) : std::nullopt;
  };
  Result<void> verified = wire::verify_signature(request, secret_of, clock_.now());
  for (const std::string& name : options_.host_names) {
    if (verified || verified.error().code != "InvalidSignatureException") break;
    const std::string received = std::exchange(request.host, name);
    if (wire::verify_signature(request, secret_of, clock_.now())) verified = {};
    request.host = received;
  }
  if (verified) return std::move(identity->principal);
  // An expired session is told so; what else is wrong with a key, the signature's check says.
  const bool expired = !identity && identity.error().code == "ExpiredTokenException";
  return fail(expired ? identity.error() : verified.error());
}

// Where nobody is verified, whoever signs is the account's root, unless the key is one that this server has made.
Result<apigateway::Signer> Dispatcher::signer_of(http::Request& request) const {
  TRY_ASSIGN(const auto signature, wire::read_signature(request));
  if (options_.verifies) {
    TRY_ASSIGN(auto principal, verify(request));
    return apigateway::Signer{.principal = std::move(principal), .access_key = signature->access_key};
  }
  if (!signature)
    return fail(wire::signature_error("MissingAuthenticationTokenException", "Missing Authentication Token"));
  apigateway::Signer signer{.principal = nullptr, .access_key = signature->access_key};
  if (auto identity = claimed(signer.access_key, request)) {
    signer.principal = std::move(identity->principal);
    return signer;
  }
  auto root = std::make_shared<wire::Principal>();
  root->account = root->id = options_.account;
  root->arn = fmt::format("arn:aws:iam::{}:root", options_.account);
  signer.principal = std::move(root);
  return signer;
}

// A copy of all data is for those alone to whom all of it belongs.
http::Response Dispatcher::backup_page(http::Request& request) const {
  std::string code = "AccessDenied";
  if (options_.verifies) {
    const auto principal = verify(request);
    if (principal && (*principal)->kind == wire::Principal::Kind::root) return options_.backups->answer(request);
    if (!principal) code = principal.error().code;
  } else {
    return options_.backups->answer(request);
  }
  http::Response response{.status = 403, .headers = {}, .body = {}};
  response.headers.add("Content-Type", "application/json");
  response.body = fmt::format(
      "{{\"code\":\"{}\",\"message\":\"Sign the request with an access key of this server: "
      "--access-key ID:SECRET\"}}\n",
      code);
  return response;
}

std::string Dispatcher::health() const {
  const Keeping& keeping = options_.keeping;
  const std::string interval =
      keeping.sync == "interval" ? fmt::format(",\"syncIntervalMilliseconds\":{}", keeping.sync_interval.count()) : "";
  return fmt::format("{{\"status\":\"ok\",\"version\":\"{}\",\"store\":\"{}\",\"sync\":\"{}\"{}}}\n", STEPWELL_VERSION,
                     keeping.store, keeping.sync, interval);
}

void Dispatcher::count(const wire::ApiModel& model, const wire::Call& call, const Result<wire::Reply>& reply,
                       std::chrono::steady_clock::duration time) {
  const std::string_view name = call.operation != nullptr ? std::string_view(call.operation->name) : "unknown";
  const void* const key = call.operation != nullptr ? static_cast<const void*>(call.operation) : &model;
  auto found = usual_.find(key);
  if (found == usual_.end()) {
    const Usual made{.succeeded = &requests_.at({model.service(), name, ""}),
                     .time = &times_.at({model.service(), name})};
    found = usual_.emplace(key, made).first;
  }
  found->second.time->observe(std::chrono::duration<double>(time).count());
  if (reply) return found->second.succeeded->add();
  requests_.at({model.service(), name, reply.error().code}).add();
}

}  // namespace stepwell::server
