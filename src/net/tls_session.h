#pragma once
// The server's side of one TLS connection over a non-blocking socket. Calls never wait: they say for what the caller
// has to wait before it tries again.

#include "net/asio.h"
#include "net/tls_certificate.h"

#include <memory>
#include <optional>

#include <boost/asio/buffer.hpp>

struct ssl_st;

namespace stepwell::net {

class TlsSession {
 public:
  struct Outcome {
    std::optional<Socket::wait_type> wait;  // until then nothing can be done
    error_code failure;                     // asio::error::eof where the client has ended its stream
    std::size_t bytes = 0;
  };

  // The certificate as it is now; the socket outlives the session.
  TlsSession(const TlsCertificate& certificate, Socket& socket);

  Outcome shake_hands();
  Outcome read(asio::mutable_buffer space);
  Outcome write(asio::const_buffer bytes);  // after a wait: the same bytes, perhaps more
  void say_farewell();

  bool has_unread() const;                             // decrypted or not, beside what the socket has
  bool met_plain_http() const { return plain_http_; }  // the handshake failed because the client speaks HTTP

 private:
  struct Free {
    void operator()(ssl_st* session) const;
  };
  Outcome outcome_of(int result);

  std::unique_ptr<ssl_st, Free> session_;
  bool plain_http_ = false;
};

}  // namespace stepwell::net
