#include "net/tls_certificate.h"

#include "base/check.h"

#include <csignal>
#include <ctime>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

namespace stepwell::net {
namespace {

constexpr std::string_view kHttp = "\x08http/1.1";
constexpr const char* kCiphers = "ECDHE+AESGCM:ECDHE+CHACHA20";  // of TLS 1.2; those of 1.3 are all good
constexpr std::size_t kMaxPem = 1U << 20U;

template <auto function>
struct Deleter {
  template <typename T>
  void operator()(T* object) const {
    function(object);
  }
};
using Bio = std::unique_ptr<BIO, Deleter<BIO_free>>;
using Certificate = std::unique_ptr<X509, Deleter<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;

std::unexpected<Error> unusable(std::string_view code, std::string message) {
  return fail({.fault = Fault::client, .code = std::string(code), .message = std::move(message), .detail = {}});
}

// OpenSSL's words for its last failure; the queue is empty afterwards.
std::string reason() {
  const char* text = ERR_reason_error_string(ERR_peek_last_error());
  ERR_clear_error();
  return text != nullptr ? text : "unknown reason";
}

Bio reader(std::string_view text) {
  return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(std::min(text.size(), kMaxPem))));
}

Certificate read_certificate(BIO* in) { return Certificate(PEM_read_bio_X509(in, nullptr, nullptr, nullptr)); }

int no_passphrase(char*, int, int, void* asked) {
  *static_cast<bool*>(asked) = true;
  return -1;
}

Timestamp time_of(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return {};
  return Timestamp{std::chrono::duration_cast<Duration>(std::chrono::seconds(timegm(&parts)))};
}

Result<Key> read_key(std::string_view text) {
  bool encrypted = false;
  Key key(PEM_read_bio_PrivateKey(reader(text).get(), nullptr, no_passphrase, &encrypted));
  if (key) return key;
  const std::string why = reason();
  if (encrypted) return unusable("InvalidPrivateKey", "the key is encrypted; give it without a passphrase");
  return unusable("InvalidPrivateKey", fmt::format("there is no private key in PEM form ({})", why));
}

Result<void> check_validity(const X509& certificate, Timestamp now) {
  const Timestamp from = time_of(X509_get0_notBefore(&certificate));
  const Timestamp until = time_of(X509_get0_notAfter(&certificate));
  if (until <= now)
    return unusable("CertificateExpired", fmt::format("the certificate expired at {}", format_rfc3339(until)));
  if (from > now) {
    return unusable("CertificateNotYetValid",
                    fmt::format("the certificate is not valid before {}", format_rfc3339(from)));
  }
  return {};
}

int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* size, const unsigned char* offered,
                    unsigned int offered_size, void*) {
  unsigned char* found = nullptr;
  const auto* ours = reinterpret_cast<const unsigned char*>(kHttp.data());
  const int outcome =
      SSL_select_next_proto(&found, size, ours, static_cast<unsigned int>(kHttp.size()), offered, offered_size);
  *chosen = found;
  return outcome == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

void configure(SSL_CTX* context) {
  CHECK(SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1);
  CHECK(SSL_CTX_set_cipher_list(context, kCiphers) == 1);
  CHECK(SSL_CTX_set1_groups_list(context, "X25519:P-256:P-384") == 1);
  // HTTP says itself where a message ends: a stream that ends without TLS's farewell is an end like any other.
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_IGNORE_UNEXPECTED_EOF |
                                   SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
  SSL_CTX_set_mode(context,
                   SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  // Clients resume by tickets; nothing of them is kept here.
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(context, 1);
  SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
}

}  // namespace

void TlsCertificate::Free::operator()(ssl_ctx_st* context) const { SSL_CTX_free(context); }

Result<TlsCertificate> TlsCertificate::read(std::string_view chain, std::string_view key_text, Timestamp now) {
  ERR_clear_error();
  const Bio in = reader(chain);
  const Certificate own = read_certificate(in.get());
  if (!own) {
    return unusable("InvalidCertificate", fmt::format("there is no certificate in PEM form ({})", reason()));
  }
  TRY_ASSIGN(const Key key, read_key(key_text));
  if (X509_check_private_key(own.get(), key.get()) != 1) {
    ERR_clear_error();
    return unusable("PrivateKeyMismatch", "the private key is not that of the certificate");
  }
  TRY(check_validity(*own, now));
  TlsCertificate made;
  made.context_ = Context(SSL_CTX_new(TLS_server_method()));
  made.expires_ = time_of(X509_get0_notAfter(own.get()));
  SSL_CTX* context = made.context_.get();
  CHECK(context != nullptr);
  configure(context);
  if (SSL_CTX_use_certificate(context, own.get()) != 1 || SSL_CTX_use_PrivateKey(context, key.get()) != 1)
    return unusable("InvalidCertificate", fmt::format("the certificate cannot be used ({})", reason()));
  while (const Certificate issuer = read_certificate(in.get())) {
    if (SSL_CTX_add1_chain_cert(context, issuer.get()) != 1)
      return unusable("InvalidCertificate", fmt::format("an issuer's certificate cannot be used ({})", reason()));
  }
  const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  const std::string why = reason();
  if (!at_end) return unusable("InvalidCertificate", fmt::format("the chain cannot be read ({})", why));
  return made;
}

Result<std::shared_ptr<TlsCertificate>> TlsCertificate::load(std::string_view chain, std::string_view key,
                                                             Timestamp now) {
  // OpenSSL writes to sockets without MSG_NOSIGNAL: a client that has left would end the program.
  std::signal(SIGPIPE, SIG_IGN);
  TRY_ASSIGN(TlsCertificate made, read(chain, key, now));
  return std::make_shared<TlsCertificate>(std::move(made));
}

Result<void> TlsCertificate::replace(std::string_view chain, std::string_view key, Timestamp now) {
  TRY_ASSIGN(*this, read(chain, key, now));
  return {};
}

}  // namespace stepwell::net
