#include "net/tls_session.h"

#include "base/check.h"
#include "net/openssl.h"

#include <algorithm>
#include <cerrno>
#include <limits>

#include <boost/asio/error.hpp>
#include <boost/asio/ip/address.hpp>
#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>

namespace stepwell::net {
namespace {

int limited(std::size_t size) { return static_cast<int>(std::min<std::size_t>(size, std::numeric_limits<int>::max())); }

// What a client says of a certificate that it does not believe.
TlsSession::Failure failed_verification(long verdict) {
  switch (verdict) {
    case X509_V_ERR_CERT_HAS_EXPIRED: return {"CertificateExpired", "its certificate has expired"};
    case X509_V_ERR_CERT_NOT_YET_VALID: return {"CertificateNotYetValid", "its certificate is not valid yet"};
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH: return {"CertificateNameMismatch", "its certificate is for another host"};
    default:
      return {"CertificateUntrusted",
              fmt::format("its certificate is not trusted here ({})", X509_verify_cert_error_string(verdict))};
  }
}

TlsSession::Failure failure_of(unsigned long error, long verdict) {
  switch (ERR_GET_REASON(error)) {
    case SSL_R_CERTIFICATE_VERIFY_FAILED: return failed_verification(verdict);
    case SSL_R_WRONG_VERSION_NUMBER: return {"TlsFailed", "it does not speak TLS"};
    case SSL_R_UNEXPECTED_EOF_WHILE_READING: return {"TlsFailed", "it has closed the connection without saying so"};
    default: {
      const char* text = ERR_reason_error_string(error);
      return {"TlsFailed", fmt::format("TLS failed ({})", text != nullptr ? text : "unknown reason")};
    }
  }
}

// Whom the certificate has to be for; names are also told to the server, which may have several (RFC 6066, 3).
void expect(SSL* session, const std::string& host) {
  error_code no_address;
  asio::ip::make_address(host, no_address);
  X509_VERIFY_PARAM* verification = SSL_get0_param(session);
  if (!no_address) {
    CHECK(X509_VERIFY_PARAM_set1_ip_asc(verification, host.c_str()) == 1);
    return;
  }
  X509_VERIFY_PARAM_set_hostflags(verification, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  CHECK(X509_VERIFY_PARAM_set1_host(verification, host.data(), host.size()) == 1);
  CHECK(SSL_set_tlsext_host_name(session, host.c_str()) == 1);
}

}  // namespace

void TlsSession::Free::operator()(ssl_st* session) const { SSL_free(session); }

TlsSession::TlsSession(const TlsCertificate& certificate, Socket& socket) : session_(SSL_new(certificate.context())) {
  CHECK(session_ != nullptr);
  CHECK(SSL_set_fd(session_.get(), socket.native_handle()) == 1);
  SSL_set_accept_state(session_.get());
}

TlsSession::TlsSession(TlsAuthorities& authorities, const std::string& host, const TlsTicket& ticket, Socket& socket)
    : session_(SSL_new(authorities.context())) {
  CHECK(session_ != nullptr);
  CHECK(SSL_set_fd(session_.get(), socket.native_handle()) == 1);
  expect(session_.get(), host);
  if (ticket != nullptr) SSL_set_session(session_.get(), ticket.get());
  SSL_set_connect_state(session_.get());
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
      const unsigned long cause = ERR_peek_last_error();
      plain_http_ = ERR_GET_REASON(cause) == SSL_R_HTTP_REQUEST;
      failure_ = failure_of(cause, SSL_get_verify_result(session_.get()));
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

TlsTicket TlsSession::ticket() const {
  const SSL_SESSION* session = SSL_get0_session(session_.get());
  if (session == nullptr || SSL_SESSION_is_resumable(session) != 1) return nullptr;
  // A copy: OpenSSL gives up a session whose connection ends without a farewell.
  return {SSL_SESSION_dup(session), SSL_SESSION_free};
}

bool TlsSession::has_unread() const { return SSL_has_pending(session_.get()) == 1; }

}  // namespace stepwell::net
