#include "net/tls_session.h"

#include "base/check.h"

#include <algorithm>
#include <cerrno>
#include <limits>

#include <boost/asio/error.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>

namespace stepwell::net {
namespace {

int limited(std::size_t size) { return static_cast<int>(std::min<std::size_t>(size, std::numeric_limits<int>::max())); }

}  // namespace

void TlsSession::Free::operator()(ssl_st* session) const { SSL_free(session); }

TlsSession::TlsSession(const TlsCertificate& certificate, Socket& socket) : session_(SSL_new(certificate.context())) {
  CHECK(session_ != nullptr);
  CHECK(SSL_set_fd(session_.get(), socket.native_handle()) == 1);
  SSL_set_accept_state(session_.get());
}

TlsSession::Outcome TlsSession::outcome_of(int result) {
  if (result > 0) return {.wait = {}, .failure = {}, .bytes = static_cast<std::size_t>(result)};
  const int error = errno;
  switch (SSL_get_error(session_.get(), result)) {
    case SSL_ERROR_WANT_READ: return {.wait = Socket::wait_read, .failure = {}};
    case SSL_ERROR_WANT_WRITE: return {.wait = Socket::wait_write, .failure = {}};
    case SSL_ERROR_ZERO_RETURN: return {.wait = {}, .failure = asio::error::eof};
    case SSL_ERROR_SYSCALL: {
      ERR_clear_error();
      const error_code failure(error, boost::system::system_category());
      return {.wait = {}, .failure = failure ? failure : error_code(asio::error::eof)};
    }
    default: {
      plain_http_ = ERR_GET_REASON(ERR_peek_last_error()) == SSL_R_HTTP_REQUEST;
      ERR_clear_error();
      return {.wait = {}, .failure = asio::error::connection_aborted};
    }
  }
}

// OpenSSL tells failures of a session by the queue of its thread, which must be empty before.
TlsSession::Outcome TlsSession::shake_hands() {
  ERR_clear_error();
  return outcome_of(SSL_do_handshake(session_.get()));
}

TlsSession::Outcome TlsSession::read(asio::mutable_buffer space) {
  ERR_clear_error();
  return outcome_of(SSL_read(session_.get(), space.data(), limited(space.size())));
}

TlsSession::Outcome TlsSession::write(asio::const_buffer bytes) {
  ERR_clear_error();
  return outcome_of(SSL_write(session_.get(), bytes.data(), limited(bytes.size())));
}

void TlsSession::say_farewell() {
  ERR_clear_error();
  SSL_shutdown(session_.get());
  ERR_clear_error();
}

bool TlsSession::has_unread() const { return SSL_has_pending(session_.get()) == 1; }

}  // namespace stepwell::net
