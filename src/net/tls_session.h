#pragma once
// One TLS connection over a non-blocking socket, on either side. Calls never wait: they say for what the caller has to
// wait before it tries again.
//
// A client believes a server whose certificate leads to one of its authorities and is for the host that it called.

#include "net/asio.h"
#include "net/tls_authorities.h"
#include "net/tls_certificate.h"

#include <memory>
#include <optional>
#include <string>

#include <boost/asio/buffer.hpp>

struct ssl_st;

namespace stepwell::net {

class TlsSession {
 public:
  struct Outcome {
    std::optional<Socket::wait_type> wait;  // until then nothing can be done
    error_code failure;                     // asio::error::eof where the peer has ended its stream
    std::size_t bytes = 0;
  };
  // Why a session has failed, for the client's user: "CertificateUntrusted", "CertificateNameMismatch",
  // "CertificateExpired", "CertificateNotYetValid", "TlsFailed".
  struct Failure {
    std::string code;
    std::string reason;  // "its certificate has expired"
  };

  // The server's side, with the certificate as it is now. The socket stays open for as long as the session is used.
  TlsSession(const TlsCertificate& certificate, Socket& socket);
  // The client's side: `host` is a name or an address. `ticket` takes up an earlier session with it, where there is
  // one.
  TlsSession(TlsAuthorities& authorities, const std::string& host, const TlsTicket& ticket, Socket& socket);

  Outcome shake_hands();
  Outcome read(asio::mutable_buffer space);
  Outcome write(asio::const_buffer bytes);  // after a wait: the same bytes, perhaps more
  void say_farewell();

  bool has_unread() const;                             // decrypted or not, beside what the socket has
  bool met_plain_http() const { return plain_http_; }  // the handshake failed because the client speaks HTTP
  TlsTicket ticket() const;  // nullptr: the session cannot be taken up again, as far as is known yet
  const std::optional<Failure>& failure() const { return failure_; }

 private:
  struct Free {
    void operator()(ssl_st* session) const;
  };
  Outcome outcome_of(int result);

  std::unique_ptr<ssl_st, Free> session_;
  bool plain_http_ = false;
  std::optional<Failure> failure_;
};

}  // namespace stepwell::net
