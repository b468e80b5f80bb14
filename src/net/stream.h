#pragma once
// The bytes of a connection: a socket, with TLS on it or without. Without, each call is the socket's own. A stream may
// be moved while nothing is under way on it.

#include "net/asio.h"
#include "net/tls_session.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>

namespace stepwell::net {

class Stream {
 public:
  explicit Stream(Socket socket) : socket_(std::move(socket)) {}
  // A server's; `certificate` may be nullptr: plain.
  Stream(Socket socket, const TlsCertificate* certificate) : socket_(std::move(socket)) {
    if (certificate != nullptr) tls_.emplace(*certificate, socket_);
  }
  Stream(Stream&&) = default;
  Stream& operator=(Stream&&) = default;

  Socket& socket() { return socket_; }
  // A client's, once it is connected: what follows is TLS, the handshake first.
  void begin_tls(TlsAuthorities& authorities, const std::string& host, const TlsTicket& ticket) {
    tls_.emplace(authorities, host, ticket, socket_);
  }

  bool is_tls() const { return tls_.has_value(); }
  const TlsSession* tls() const { return tls_ ? &*tls_ : nullptr; }
  bool met_plain_http() const { return tls_ && tls_->met_plain_http(); }
  void become_plain() { tls_.reset(); }

  // Handlers keep the stream alive. With TLS only.
  template <typename Done>  // done(error_code)
  void async_handshake(Done done) {
    const auto outcome = tls_->shake_hands();
    if (!outcome.wait) return done(outcome.failure);
    socket_.async_wait(*outcome.wait, [this, done = std::move(done)](error_code failure) mutable {
      if (failure) return done(failure);
      async_handshake(std::move(done));
    });
  }

  template <typename Done>  // done(error_code, std::size_t)
  void async_read_some(asio::mutable_buffer space, Done done) {
    if (!tls_) return socket_.async_read_some(space, std::move(done));
    if (!tls_->has_unread()) return await_bytes(Socket::wait_read, space, std::move(done));
    asio::post(socket_.get_executor(),
               [this, space, done = std::move(done)]() mutable { read(space, std::move(done)); });
  }

  // Never waits: asio::error::would_block where the socket takes no more.
  template <typename Buffers>
  std::size_t write_some(const Buffers& buffers, error_code& failure) {
    if (!tls_) return socket_.write_some(buffers, failure);
    const auto first = std::ranges::find_if(buffers, [](const auto& buffer) { return buffer.size() > 0; });
    const auto outcome = tls_->write(*first);
    failure = outcome.wait ? error_code(asio::error::would_block) : outcome.failure;
    return outcome.bytes;
  }

  // Ends the sending side; what the client sends can still be read.
  void shutdown_send(error_code& failure) {
    if (tls_) tls_->say_farewell();
    socket_.shutdown(Socket::shutdown_send, failure);
  }

 private:
  template <typename Done>
  void await_bytes(Socket::wait_type wait, asio::mutable_buffer space, Done done) {
    socket_.async_wait(wait, [this, space, done = std::move(done)](error_code failure) mutable {
      if (failure) return done(failure, 0);
      read(space, std::move(done));
    });
  }

  template <typename Done>
  void read(asio::mutable_buffer space, Done done) {
    if (!socket_.is_open()) return done(asio::error::operation_aborted, 0);
    const auto outcome = tls_->read(space);
    if (outcome.wait) return await_bytes(*outcome.wait, space, std::move(done));
    done(outcome.failure, outcome.bytes);
  }

  Socket socket_;
  std::optional<TlsSession> tls_;
};

}  // namespace stepwell::net
