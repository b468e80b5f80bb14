#include "server/dispatcher.h"

#include "server/backups.h"
#include "wire/protocol.h"

#include <fmt/format.h>

namespace stepwell::server {
namespace {

constexpr double seconds[] = {0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                              0.1,    0.25,    0.5,    1,     2.5,    5,     10,   60};
constexpr std::size_t max_trace_header = 256;  // as AWS bounds traceHeader

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
  if (options_.backups != nullptr && is_backup_page(request.target)) co_return backup_page(request);
  if (is_own_page(request.target)) co_return own_page(request, pages_);
  const auto began = std::chrono::steady_clock::now();
  wire::Call call;
  call.gone = std::move(gone);
  call.caller.account = options_.account;
  call.caller.region = options_.region;
  call.caller.request_id = make_uuid(random_);
  call.caller.trace_header = request.headers.get("X-Amzn-Trace-Id").substr(0, max_trace_header);
  const wire::ApiModel* model = wire::find_service(directory_.models(), request);
  if (model == nullptr) co_return wire::encode_unknown_service(request, call.caller.request_id);
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

Task<Result<wire::Reply>> Dispatcher::run(directory::Service& service, http::Request& request, wire::Call& call) {
  CO_TRY(authenticate(request, call));
  CO_TRY(wire::decode(service.model(), request, call));
  co_return co_await service.call(call);
}

Result<void> Dispatcher::authenticate(http::Request& request, wire::Call& call) {
  if (options_.access_keys.empty()) {
    // Nobody is verified here, so a signature that cannot be read says no more than none.
    const auto signature = wire::read_signature(request);
    if (signature && *signature) {
      call.caller.access_key = (*signature)->access_key;
      if (!(*signature)->region.empty()) call.caller.region = (*signature)->region;
    }
    return {};
  }
  TRY(verify(request));
  TRY_ASSIGN(const auto signature, wire::read_signature(request));
  call.caller.access_key = signature->access_key;
  call.caller.region = signature->region;
  return {};
}

// A proxy may have put another host into the request than the client has signed: one of the server's own names.
Result<void> Dispatcher::verify(http::Request& request) const {
  const auto secret_of = [this](std::string_view access_key) -> std::optional<std::string> {
    const auto found = options_.access_keys.find(std::string(access_key));
    return found == options_.access_keys.end() ? std::nullopt : std::optional(found->second);
  };
  Result<void> verified = wire::verify_signature(request, secret_of, clock_.now());
  for (const std::string& name : options_.host_names) {
    if (verified || verified.error().code != "InvalidSignatureException") break;
    const std::string received = std::exchange(request.host, name);
    if (wire::verify_signature(request, secret_of, clock_.now())) verified = {};
    request.host = received;
  }
  return verified;
}

http::Response Dispatcher::backup_page(http::Request& request) const {
  const auto known = options_.access_keys.empty() ? Result<void>() : verify(request);
  if (known) return options_.backups->answer(request);
  http::Response response{.status = 403, .headers = {}, .body = {}};
  response.headers.add("Content-Type", "application/json");
  response.body = fmt::format(
      "{{\"code\":\"{}\",\"message\":\"Sign the request with an access key of this server: "
      "--access-key ID:SECRET\"}}\n",
      known.error().code);
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
