#include "services/deliveries/sender.h"

#include "services/deliveries/outcome.h"

#include <fmt/format.h>

namespace stepwell::deliveries {
namespace {

http::Call outgoing(const HttpRequest& what) {
  http::Call call;
  call.url = what.url;
  call.timeout = what.timeout;
  call.request.method = what.method;
  for (const auto& [name, value] : what.headers) call.request.headers.add(name, value);
  call.request.body = what.body;
  return call;
}

// What the sender calls its sessions: "sns" of sns.amazonaws.com.
std::string session_name(std::string_view sender) { return std::string(sender.substr(0, sender.find('.'))); }

}  // namespace

Result<void> Sender::prepare(const Delivery& delivery, const ServiceCall& what, std::string_view request_id,
                             wire::Call& call) const {
  call.input = what.input;
  call.payload = what.payload;
  call.caller.account = what.account;
  call.caller.region = what.region;
  call.caller.request_id = request_id;
  if (!directory_.is_enforced()) return {};
  if (what.role_arn.empty()) {
    call.caller.principal = std::make_shared<wire::ServicePrincipal>(delivery.sender, delivery.source_arn);
    return {};
  }
  TRY_ASSIGN(call.caller.principal,
             directory_.access()->assume_for(delivery.sender, {.role_arn = what.role_arn,
                                                               .session_name = session_name(delivery.sender),
                                                               .source_arn = delivery.source_arn}));
  return {};
}

Result<void> Sender::fold(const Delivery& delivery, std::string_view request_id, store::Batch& batch) {
  const auto* what = std::get_if<ServiceCall>(&delivery.what);
  if (what == nullptr)
    return fail(Error{.fault = Fault::server, .code = std::string(directory::not_foldable), .message = {}});
  wire::Call call;
  TRY(prepare(delivery, *what, request_id, call));
  TRY(directory_.fold(what->service, what->operation, call, batch));
  return {};
}

Task<Result<void>> Sender::send(const Delivery& delivery, std::string request_id) {
  if (const auto* what = std::get_if<ServiceCall>(&delivery.what)) {
    co_return co_await call(delivery, *what, std::move(request_id));
  }
  co_return co_await request(std::get<HttpRequest>(delivery.what));
}

Task<Result<void>> Sender::call(const Delivery& delivery, const ServiceCall& what, std::string request_id) {
  wire::Call call;
  CO_TRY(prepare(delivery, what, request_id, call));
  CO_TRY(co_await directory_.call(what.service, what.operation, call));
  co_return Result<void>{};
}

Task<Result<void>> Sender::request(const HttpRequest& what) {
  http::Call call = outgoing(what);
  if (!what.connection_arn.empty()) {
    if (connections_ == nullptr) {
      co_return fail({.code = "ConnectionNotFound",
                      .message = fmt::format("There is no connection {} here.", what.connection_arn)});
    }
    CO_TRY_ASSIGN(call, co_await connections_->authorize(what.connection_arn, std::move(call)));
  }
  CO_TRY_ASSIGN(const http::Response response, co_await client_.send(std::move(call)));
  co_return outcome_of(response);
}

}  // namespace stepwell::deliveries
