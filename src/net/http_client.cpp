#include "net/http_client.h"

#include "net/connection_pool.h"
#include "net/exchange.h"
#include "net/request_writer.h"
#include "net/url.h"

#include <utility>

namespace stepwell::net {

HttpClient::HttpClient(Loop& loop, std::shared_ptr<TlsAuthorities> authorities)
    : pool_(std::make_shared<ConnectionPool>(loop.context(), std::move(authorities))) {}

HttpClient::~HttpClient() { pool_->close(); }

Task<Result<http::Response>> HttpClient::send(http::Call call) {
  CO_TRY_ASSIGN(auto url, parse_url(call.url));
  CO_TRY_ASSIGN(auto header, request_header(call.request, url));
  Exchange exchange(pool_, std::move(call), std::move(url), std::move(header));
  co_return co_await exchange.run();
}

}  // namespace stepwell::net
