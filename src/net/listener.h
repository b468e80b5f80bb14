#pragma once
// An open port and its connections. At the limit of connections no more are accepted until one closes: clients wait in
// the kernel's queue.

#include "base/http_server.h"
#include "net/asio.h"
#include "net/context.h"
#include "net/loop.h"
#include "net/tls_certificate.h"

#include <functional>
#include <memory>
#include <unordered_set>

namespace stepwell::net {

class Connection;

class Listener final : public std::enable_shared_from_this<Listener> {
 public:
  // `certificate` may be nullptr: plain.
  Listener(Loop& loop, http::ServerLimits limits, http::Handler handler, std::shared_ptr<TlsCertificate> certificate);

  Result<void> open(const std::string& address, std::uint16_t port);
  std::uint16_t port() const;
  void drain(std::move_only_function<void()> done);
  void close();

  // For its connections.
  Loop::Context& context() const { return loop_.context(); }
  const http::ServerLimits& limits() const { return limits_; }
  const http::Handler& handler() const { return handler_; }
  const TlsCertificate* certificate() const { return certificate_.get(); }
  std::string_view date() const { return context().date.now(); }
  bool draining() const { return draining_; }
  void left();  // a connection answers no more
  void closed(const std::shared_ptr<Connection>& connection);

 private:
  void accept();
  void accepted(error_code failure, Socket socket);
  void end_drain();

  Loop& loop_;
  const http::ServerLimits limits_;
  const http::Handler handler_;
  const std::shared_ptr<TlsCertificate> certificate_;
  Acceptor acceptor_;
  Tcp::endpoint peer_;  // of the connection that is being accepted
  std::unordered_set<std::shared_ptr<Connection>> connections_;
  std::size_t serving_ = 0;  // connections that may still answer
  bool accepting_ = false;
  bool draining_ = false;
  std::move_only_function<void()> drained_;
  std::unique_ptr<Timer> retry_;
};

}  // namespace stepwell::net
