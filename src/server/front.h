#pragma once
// The ports that the server answers on, plain and TLS, as one: they open together and drain together.

#include "base/http_server.h"
#include "net/http_server.h"
#include "net/tls_certificate.h"
#include "server/node.h"

#include <memory>
#include <string>
#include <vector>

namespace stepwell::server {

enum class Speaks { plain, tls };

class Front {
 public:
  Front(net::Loop& loop, http::ServerLimits limits, http::Handler handler,
        std::shared_ptr<net::TlsCertificate> certificate)
      : network_(loop), limits_(limits), handler_(std::move(handler)), certificate_(std::move(certificate)) {}

  // The URL that it answers at now.
  Result<std::string> open(const Address& address, Speaks speaks);
  // Takes no new connections or requests; calls `done` when every request under way is answered on all ports.
  void drain(std::function<void()> done);

 private:
  net::Network network_;
  const http::ServerLimits limits_;
  const http::Handler handler_;
  const std::shared_ptr<net::TlsCertificate> certificate_;
  std::vector<std::unique_ptr<http::Server>> ports_;
};

}  // namespace stepwell::server
