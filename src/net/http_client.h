#pragma once
// HTTP/1.1 client on a Loop. Connections are kept alive and shared per host, within bounds (net/connection_pool.h); a
// request on a kept connection that the peer has closed before any byte of the answer is sent once more on a new one.
// The timeout covers the whole call, waiting for a connection and looking up the name included.
//
// https is TLS with the host's certificate checked against `authorities` and the host's name. Where that fails, nothing
// of the request has been sent.
//
// A call may go to a Unix socket instead; its URL says what stands in the request.
//
// A call under way may outlive the client, but not the loop: a coroutine that waits for it is then never resumed.

#include "base/http_client.h"
#include "net/loop.h"
#include "net/tls_authorities.h"

#include <memory>

namespace stepwell::net {

class ConnectionPool;

class HttpClient final : public http::Client {
 public:
  explicit HttpClient(Loop& loop, std::shared_ptr<TlsAuthorities> authorities = TlsAuthorities::of_the_system());
  ~HttpClient() override;
  Task<Result<http::Response>> send(http::Call call) override;

 private:
  std::shared_ptr<ConnectionPool> pool_;
};

}  // namespace stepwell::net
