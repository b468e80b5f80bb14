#include "services/apigateway/serving/local_client.h"

#include "services/apigateway/serving/api_server.h"

namespace stepwell::apigateway {
namespace {

struct UrlParts {
  std::string_view host;
  std::string target;
};

std::optional<UrlParts> split_url(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return std::nullopt;
  url.remove_prefix(scheme + 3);
  const std::size_t end = std::min(url.find_first_of("/?#"), url.size());
  UrlParts parts{.host = url.substr(0, end), .target = std::string(url.substr(end, url.find('#') - end))};
  if (!parts.target.starts_with('/')) parts.target.insert(0, 1, '/');
  return parts;
}

}  // namespace

Task<Result<http::Response>> LocalClient::send(http::Call call) {
  const auto url = split_url(call.url);
  const auto address = url ? api_address(url->host, url->target) : std::nullopt;
  const bool is_here = server_ != nullptr && address && address->by_host && server_->has(address->api);
  if (!is_here) co_return co_await others_.send(std::move(call));
  call.request.host = url->host;
  if (!call.request.headers.contains("Host")) call.request.headers.add("Host", call.request.host);
  call.request.target = url->target;
  call.request.is_secure = true;
  auto response = co_await server_->answer(std::move(call.request));
  if (response.body.size() > call.max_response_bytes) {
    co_return fail({.code = "ResponseTooLarge", .message = "The answer is larger than the caller takes."});
  }
  co_return response;
}

}  // namespace stepwell::apigateway
