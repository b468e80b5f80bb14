#pragma once
// HTTP/1.1 on a Loop: keep-alive, pipelining, Expect: 100-continue, chunked request bodies, HEAD, absolute-form targets,
// bounded headers, bodies, connections and times. A malformed request is answered 400 (431, 413, 408, 505 where they apply)
// and closes the connection.

#include "base/http_server.h"
#include "net/loop.h"

namespace stepwell::net {

class Network final : public http::Network {
 public:
  explicit Network(Loop& loop) : loop_(&loop) {}
  Result<std::unique_ptr<http::Server>> listen(const std::string& address, std::uint16_t port, http::ServerLimits limits,
                                               http::Handler handler) override;

 private:
  Loop* loop_;
};

}  // namespace stepwell::net
