#include "net/tls_certificate.h"

#include "net/openssl.h"

#include <ctime>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/pem.h>

namespace stepwell::net {
namespace {

using openssl::reason;

std::unexpected<Error> unusable(std::string_view code, std::string message) {
  return fail({.fault = Fault::client, .code = std::string(code), .message = std::move(message), .detail = {}});
}

int no_passphrase(char*, int, int, void* asked) {
  *static_cast<bool*>(asked) = true;
  return -1;
}

Timestamp time_of(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return {};
  return Timestamp{std::chrono::duration_cast<Duration>(std::chrono::seconds(timegm(&parts)))};
}

Result<openssl::Key> read_key(std::string_view text) {
  bool encrypted = false;
  openssl::Key key(PEM_read_bio_PrivateKey(openssl::reader(text).get(), nullptr, no_passphrase, &encrypted));
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

}  // namespace

Result<TlsCertificate> TlsCertificate::read(std::string_view chain, std::string_view key_text, Timestamp now) {
  ERR_clear_error();
  const openssl::Bio in = openssl::reader(chain);
  const openssl::Certificate own = openssl::read_certificate(in.get());
  if (!own) {
    return unusable("InvalidCertificate", fmt::format("there is no certificate in PEM form ({})", reason()));
  }
  TRY_ASSIGN(const openssl::Key key, read_key(key_text));
  if (X509_check_private_key(own.get(), key.get()) != 1) {
    ERR_clear_error();
    return unusable("PrivateKeyMismatch", "the private key is not that of the certificate");
  }
  TRY(check_validity(*own, now));
  TlsCertificate made;
  made.context_ = make_tls_context(TlsSide::server);
  made.expires_ = time_of(X509_get0_notAfter(own.get()));
  SSL_CTX* context = made.context_.get();
  if (SSL_CTX_use_certificate(context, own.get()) != 1 || SSL_CTX_use_PrivateKey(context, key.get()) != 1)
    return unusable("InvalidCertificate", fmt::format("the certificate cannot be used ({})", reason()));
  while (const openssl::Certificate issuer = openssl::read_certificate(in.get())) {
    if (SSL_CTX_add1_chain_cert(context, issuer.get()) != 1)
      return unusable("InvalidCertificate", fmt::format("an issuer's certificate cannot be used ({})", reason()));
  }
  const bool at_end = openssl::has_ended();
  const std::string why = reason();
  if (!at_end) return unusable("InvalidCertificate", fmt::format("the chain cannot be read ({})", why));
  return made;
}

Result<std::shared_ptr<TlsCertificate>> TlsCertificate::load(std::string_view chain, std::string_view key,
                                                             Timestamp now) {
  TRY_ASSIGN(TlsCertificate made, read(chain, key, now));
  return std::make_shared<TlsCertificate>(std::move(made));
}

Result<void> TlsCertificate::replace(std::string_view chain, std::string_view key, Timestamp now) {
  TRY_ASSIGN(*this, read(chain, key, now));
  return {};
}

}  // namespace stepwell::net
