#include "services/directory/remote_service.h"

#include "wire/protocol.h"

namespace stepwell::directory {
namespace {

bool is_of_aws(std::string_view host) {
  return host.ends_with(".amazonaws.com") || host.ends_with(".amazonaws.com.cn");
}

}  // namespace

RemoteService::RemoteService(http::Client& client, const wire::ApiModel& model, Endpoint endpoint, Clock& clock,
                             Actions actions)
    : client_(client), model_(model), endpoint_(std::move(endpoint)), clock_(clock), actions_(actions) {
  std::string_view url = endpoint_.url;
  const std::size_t scheme_end = url.find("://");
  const std::size_t scheme_size = scheme_end == std::string_view::npos ? 0 : scheme_end + 3;
  scheme_ = url.substr(0, scheme_size);
  url.remove_prefix(scheme_size);
  host_ = url.substr(0, url.find('/'));
  url.remove_prefix(host_.size());
  while (url.ends_with('/')) url.remove_suffix(1);
  path_ = url;
}

std::string RemoteService::host_for(const wire::OperationModel& operation) const {
  return is_of_aws(host_) ? operation.host_prefix + host_ : host_;
}

Task<Result<wire::Reply>> RemoteService::call(wire::Call& call) {
  CO_TRY_ASSIGN(http::Request request, wire::encode_call(model_, call));
  request.host = host_for(*call.operation);
  request.target.insert(0, path_);
  // AWS's SDKs send it likewise: the same each time a call is made again.
  if (!call.caller.request_id.empty()) request.headers.add("amz-sdk-invocation-id", call.caller.request_id);
  if (endpoint_.credentials) {
    const std::string& region = endpoint_.region.empty() ? call.caller.region : endpoint_.region;
    wire::sign(request, *endpoint_.credentials, region, model_.service(), clock_.now());
  }
  http::Call outgoing;
  outgoing.url = scheme_ + request.host + request.target;
  outgoing.request = std::move(request);
  outgoing.timeout = endpoint_.timeout;
  CO_TRY_ASSIGN(const http::Response response, co_await client_.send(std::move(outgoing)));
  co_return wire::decode_reply(model_, call, response);
}

}  // namespace stepwell::directory
