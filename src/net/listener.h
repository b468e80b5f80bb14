#pragma once
// An open port and its connections. At the limit of connections no more are accepted until one closes: clients wait in
// the kernel's queue.

#include "base/http_server.h"
#include "net/asio.h"
#include "net/context.h"
#include "net/http_server.h"
#include "net/loop.h"

#include <functional>
#include <memory>
#include <unordered_map>
#include <unordered_set>

namespace stepwell::net {

class Connection;

class Listener final : public std::enable_shared_from_this<Listener> {
 public:
  // What one address holds of the server.
  struct Client {
    std::size_t connections = 0;
    std::size_t requests = 0;
  };
  using Clients = std::unordered_map<asio::ip::address, Client>;

  Listener(Loop& loop, ServerSettings settings)
      : loop_(loop), settings_(std::move(settings)), acceptor_(loop.context().io.get_executor()) {}

  Result<void> open(const std::string& address, std::uint16_t port);
  std::uint16_t port() const;
  void drain(std::move_only_function<void()> done);
  void close();

  // For its connections.
  Loop::Context& context() const { return loop_.context(); }
  const http::ServerLimits& limits() const { return settings_.limits; }
  const http::Handler& handler() const { return settings_.handler; }
  const Doorkeeper& doorkeeper() const { return settings_.doorkeeper; }
  Traffic& traffic() const { return *settings_.traffic; }
  const TlsCertificate* certificate() const { return settings_.certificate.get(); }
  Load load(const Client& client) const {
    return {.requests = requests_, .requests_of_client = client.requests, .large_body_bytes = large_body_bytes_};
  }
  void request_begins(Clients::value_type& client);
  void request_ends(Clients::value_type& client);
  void large_body_begins(std::size_t bytes) { large_body_bytes_ += bytes; }
  void large_body_ends(std::size_t bytes) { large_body_bytes_ -= bytes; }
  std::string_view date() const { return context().date.now(); }
  bool draining() const { return draining_; }
  void left();  // a connection answers no more
  void closed(const std::shared_ptr<Connection>& connection, Clients::value_type& client);

 private:
  void accept();
  void accepted(error_code failure, Socket socket);
  void serve(Socket socket);
  void forget_idle(Clients::value_type& client);
  void end_drain();

  Loop& loop_;
  const ServerSettings settings_;
  Acceptor acceptor_;
  Tcp::endpoint peer_;  // of the connection that is being accepted
  std::unordered_set<std::shared_ptr<Connection>> connections_;
  Clients clients_;          // those that have connections or requests
  std::size_t serving_ = 0;  // connections that may still answer
  std::size_t requests_ = 0;
  std::size_t large_body_bytes_ = 0;
  bool accepting_ = false;
  bool draining_ = false;
  std::move_only_function<void()> drained_;
  std::unique_ptr<Timer> retry_;
};

}  // namespace stepwell::net
