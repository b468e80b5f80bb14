#include "server/dispatcher.h"

#include "server/own_pages.h"
#include "wire/protocol.h"

#include <fmt/format.h>

namespace stepwell::server {
Task<http::Response> Dispatcher::handle(http::Request request, std::stop_token gone) {
  if (is_own_page(request.target)) co_return own_page(request, [this] { return metrics(); });
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
  const auto secret_of = [this](std::string_view access_key) -> std::optional<std::string> {
    const auto found = options_.access_keys.find(std::string(access_key));
    return found == options_.access_keys.end() ? std::nullopt : std::optional(found->second);
  };
  TRY(verify(request, secret_of));
  TRY_ASSIGN(const auto signature, wire::read_signature(request));
  call.caller.access_key = signature->access_key;
  call.caller.region = signature->region;
  return {};
}

// A proxy may have put another host into the request than the client has signed: one of the server's own names.
Result<void> Dispatcher::verify(http::Request& request, const wire::SecretLookup& secret_of) {
  Result<void> verified = wire::verify_signature(request, secret_of, clock_.now());
  for (const std::string& name : options_.host_names) {
    if (verified || verified.error().code != "InvalidSignatureException") break;
    const std::string received = std::exchange(request.host, name);
    if (wire::verify_signature(request, secret_of, clock_.now())) verified = {};
    request.host = received;
  }
  return verified;
}

std::string Dispatcher::metrics() const {
  std::string text =
      "# HELP stepwell_requests_total API requests by operation and error code.\n# TYPE stepwell_requests_total "
      "counter\n";
  for (const auto& [labels, count] : counts_) {
    text += fmt::format("stepwell_requests_total{{operation=\"{}\",error=\"{}\"}} {}\n", labels.first, labels.second,
                        count);
  }
  return text;
}

}  // namespace stepwell::server
