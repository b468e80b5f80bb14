#include "net/listener.h"

#include "net/connection.h"

#include <utility>
#include <vector>

#include <fmt/format.h>

namespace stepwell::net {
namespace {

constexpr int kBacklog = 4096;
constexpr Duration kAcceptRetry{100};

Error not_listening(const error_code& failure, const std::string& address, std::uint16_t port) {
  const bool in_use = failure == asio::error::address_in_use;
  return {.fault = Fault::server,
          .code = in_use ? "AddressInUse" : "AddressUnavailable",
          .message = fmt::format("Cannot listen on {} port {}: {}", address, port, failure.message()),
          .detail = {}};
}

std::string text_of(const Tcp::endpoint& peer) {
  const auto address = peer.address().to_string();
  return peer.address().is_v6() ? fmt::format("[{}]:{}", address, peer.port())
                                : fmt::format("{}:{}", address, peer.port());
}

}  // namespace

Result<void> Listener::open(const std::string& address, std::uint16_t port) {
  error_code failure;
  const Tcp::endpoint endpoint(asio::ip::make_address(address, failure), port);
  if (!failure) acceptor_.open(endpoint.protocol(), failure);
  if (!failure) acceptor_.set_option(Acceptor::reuse_address(true), failure);
  if (!failure) acceptor_.bind(endpoint, failure);
  if (!failure) acceptor_.listen(kBacklog, failure);
  if (failure) return fail(not_listening(failure, address, port));
  accept();
  return {};
}

std::uint16_t Listener::port() const {
  error_code ignored;
  return acceptor_.local_endpoint(ignored).port();
}

void Listener::accept() {
  if (accepting_ || !acceptor_.is_open() || connections_.size() >= limits().max_connections) return;
  accepting_ = true;
  acceptor_.async_accept(peer_, [self = shared_from_this()](error_code failure, Socket socket) {
    self->accepting_ = false;
    self->accepted(failure, std::move(socket));
  });
}

void Listener::accepted(error_code failure, Socket socket) {
  if (!acceptor_.is_open()) return;
  if (failure == asio::error::no_descriptors || failure == asio::error::no_memory ||
      failure == asio::error::no_buffer_space) {
    retry_ = loop_.after(kAcceptRetry, [this] { accept(); });
    return;
  }
  if (!failure) serve(std::move(socket));
  accept();
}

void Listener::serve(Socket socket) {
  auto& client = *clients_.try_emplace(peer_.address()).first;
  ++traffic().accepted;
  if (client.second.connections >= limits().max_connections_per_client) {
    ++traffic().turned_away;
    return;
  }
  ++traffic().connections;
  ++client.second.connections;
  auto connection = std::make_shared<Connection>(shared_from_this(), std::move(socket), text_of(peer_), client);
  connections_.insert(connection);
  ++serving_;
  connection->start();
}

void Listener::request_begins(Clients::value_type& client) {
  ++requests_;
  ++traffic().requests;
  ++client.second.requests;
}

void Listener::request_ends(Clients::value_type& client) {
  --requests_;
  --traffic().requests;
  --client.second.requests;
  forget_idle(client);
}

void Listener::forget_idle(Clients::value_type& client) {
  if (client.second.connections == 0 && client.second.requests == 0) clients_.erase(asio::ip::address(client.first));
}

void Listener::drain(std::move_only_function<void()> done) {
  draining_ = true;
  drained_ = std::move(done);
  error_code ignored;
  acceptor_.close(ignored);
  for (const auto& connection : std::vector(connections_.begin(), connections_.end())) connection->finish();
  if (serving_ == 0) end_drain();
}

void Listener::left() {
  --serving_;
  if (draining_ && serving_ == 0) end_drain();
}

void Listener::end_drain() {
  loop_.post([self = shared_from_this()] {
    if (auto done = std::exchange(self->drained_, {})) done();
  });
}

void Listener::closed(const std::shared_ptr<Connection>& connection, Clients::value_type& client) {
  connections_.erase(connection);
  --traffic().connections;
  --client.second.connections;
  forget_idle(client);
  accept();
}

void Listener::close() {
  drained_ = {};
  retry_.reset();
  error_code ignored;
  acceptor_.close(ignored);
  for (const auto& connection : std::vector(connections_.begin(), connections_.end())) connection->close();
}

}  // namespace stepwell::net
