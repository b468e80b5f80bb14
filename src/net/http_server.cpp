#include "net/http_server.h"

#include "net/listener.h"

#include <utility>

namespace stepwell::net {
namespace {

class OpenServer final : public http::Server {
 public:
  explicit OpenServer(std::shared_ptr<Listener> listener) : listener_(std::move(listener)), port_(listener_->port()) {}
  OpenServer(const OpenServer&) = delete;
  OpenServer& operator=(const OpenServer&) = delete;
  ~OpenServer() override { listener_->close(); }

  std::uint16_t port() const override { return port_; }
  void drain(std::move_only_function<void()> done) override { listener_->drain(std::move(done)); }

 private:
  const std::shared_ptr<Listener> listener_;
  const std::uint16_t port_;
};

}  // namespace

Result<std::unique_ptr<http::Server>> Network::listen(const std::string& address, std::uint16_t port,
                                                      http::ServerLimits limits, http::Handler handler) {
  return open(address, port, {.limits = limits, .handler = std::move(handler)});
}

Result<std::unique_ptr<http::Server>> Network::open(const std::string& address, std::uint16_t port,
                                                    ServerSettings settings) {
  auto listener = std::make_shared<Listener>(*loop_, std::move(settings));
  TRY(listener->open(address, port));
  return std::make_unique<OpenServer>(std::move(listener));
}

}  // namespace stepwell::net
