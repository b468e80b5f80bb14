#include "server/dispatcher.h"

#include "server/backups.h"
#include "wire/protocol.h"

#include <fmt/format.h>

namespace stepwell::server {
namespace {

constexpr std::string_view own_pages = "/_stepwell/";

http::Response text_page(int status, std::string type, std::string body) {
  http::Response response{.status = status, .headers = {}, .body = std::move(body)};
  response.headers.add("Content-Type", std::move(type));
  return response;
}

}  // namespace

Task<http::Response> Dispatcher::handle(http::Request request, std::stop_token gone) {
  if (request.target.starts_with(own_pages)) co_return internal_page(request);
  wire::Call call;
  call.gone = std::move(gone);
  call.caller.account = options_.account;
  call.caller.region = options_.region;
  call.caller.request_id = make_uuid(random_);
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
  const std::string operation =
      fmt::format("{}:{}", model->service(), call.operation ? call.operation->name : "unknown");
  ++counts_[{operation, reply ? std::string() : reply.error().code}];
  if (!reply && reply.error().fault == Fault::server)
    log_.warning(fmt::format("{}: {}", operation, reply.error().message));
  co_return reply ? wire::encode(*model, call, *reply) : wire::encode_error(*model, call, reply.error());
}

Task<Result<wire::Reply>> Dispatcher::run(directory::Service& service, const http::Request& request, wire::Call& call) {
  CO_TRY(authenticate(request, call));
  CO_TRY(wire::decode(service.model(), request, call));
  co_return co_await service.call(call);
}

Result<void> Dispatcher::authenticate(const http::Request& request, wire::Call& call) {
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

Result<void> Dispatcher::verify(const http::Request& request) const {
  const auto secret_of = [this](std::string_view access_key) -> std::optional<std::string> {
    const auto found = options_.access_keys.find(std::string(access_key));
    return found == options_.access_keys.end() ? std::nullopt : std::optional(found->second);
  };
  return wire::verify_signature(request, secret_of, clock_.now());
}

http::Response Dispatcher::backup_page(const http::Request& request) const {
  const auto known = options_.access_keys.empty() ? Result<void>() : verify(request);
  if (known) return options_.backups->answer(request);
  return text_page(403, "application/json",
                   fmt::format("{{\"code\":\"{}\",\"message\":\"Sign the request with an access key of this server: "
                               "--access-key ID:SECRET\"}}\n",
                               known.error().code));
}

http::Response Dispatcher::internal_page(const http::Request& request) const {
  const std::string_view target = request.target;
  const std::string_view page = target.substr(own_pages.size(), target.find('?') - own_pages.size());
  if (page == "backup" && options_.backups != nullptr) return backup_page(request);
  if (request.method != "GET" && request.method != "HEAD") return text_page(405, "text/plain", "Use GET.\n");
  if (page == "health") return text_page(200, "application/json", health());
  if (page == "metrics") return text_page(200, "text/plain; version=0.0.4", metrics());
  return text_page(404, "text/plain", "There is no such page. See /_stepwell/health and /_stepwell/metrics.\n");
}

std::string Dispatcher::health() const {
  const Keeping& keeping = options_.keeping;
  const std::string interval =
      keeping.sync == "interval" ? fmt::format(",\"syncIntervalMilliseconds\":{}", keeping.sync_interval.count()) : "";
  return fmt::format("{{\"status\":\"ok\",\"version\":\"{}\",\"store\":\"{}\",\"sync\":\"{}\"{}}}\n", STEPWELL_VERSION,
                     keeping.store, keeping.sync, interval);
}

std::string Dispatcher::metrics() const {
  std::string text = fmt::format(
      "# HELP stepwell_store_info How acknowledged writes are kept.\n# TYPE stepwell_store_info gauge\n"
      "stepwell_store_info{{store=\"{}\",sync=\"{}\"}} 1\n"
      "# HELP stepwell_sync_interval_seconds Acknowledged writes that a crash of the machine may take; 0: none.\n"
      "# TYPE stepwell_sync_interval_seconds gauge\nstepwell_sync_interval_seconds {}\n",
      options_.keeping.store, options_.keeping.sync,
      static_cast<double>(options_.keeping.sync_interval.count()) / 1000);
  text +=
      "# HELP stepwell_requests_total API requests by operation and error code.\n# TYPE stepwell_requests_total "
      "counter\n";
  for (const auto& [labels, count] : counts_) {
    text += fmt::format("stepwell_requests_total{{operation=\"{}\",error=\"{}\"}} {}\n", labels.first, labels.second,
                        count);
  }
  return text;
}

}  // namespace stepwell::server
