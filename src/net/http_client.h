#pragma once
// HTTP/1.1 client on a Loop: connections are kept alive and shared per host; a request on a kept connection that the
// peer has closed before any byte of the answer is sent once more on a new one.

#include "base/http_client.h"
#include "net/loop.h"

#include <memory>

namespace stepwell::net {

class HttpClient final : public http::Client {
 public:
  explicit HttpClient(Loop& loop);
  ~HttpClient() override;
  Task<Result<http::Response>> send(http::Call call) override;

 private:
  struct Pool;
  std::shared_ptr<Pool> pool_;
};

}  // namespace stepwell::net
