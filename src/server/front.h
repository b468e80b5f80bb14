#pragma once
// The ports that the server answers on, plain and TLS, as one: they open together and drain together.

#include "net/http_server.h"
#include "server/node.h"

#include <memory>
#include <string>
#include <vector>

namespace stepwell::server {

enum class Speaks { plain, tls };

class Front {
 public:
  // The settings' certificate is that of the ports which speak TLS.
  Front(net::Loop& loop, net::ServerSettings settings) : network_(loop), settings_(std::move(settings)) {}

  const net::Traffic& traffic() const { return *settings_.traffic; }

  // The URL that it answers at now.
  Result<std::string> open(const Address& address, Speaks speaks);
  // Takes no new connections or requests; calls `done` when every request under way is answered on all ports.
  void drain(std::function<void()> done);

 private:
  net::Network network_;
  const net::ServerSettings settings_;
  std::vector<std::unique_ptr<http::Server>> ports_;
};

}  // namespace stepwell::server
