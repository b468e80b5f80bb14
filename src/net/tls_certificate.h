#pragma once
// What a TLS server shows: a certificate, the chain below it, and the key that proves it is the owner's.
//
// It may be replaced while connections are open: those keep what they began with, new ones get the new one. Used on the
// loop's thread.

#include "base/error.h"
#include "base/time.h"
#include "net/tls_context.h"

#include <memory>
#include <string_view>

namespace stepwell::net {

class TlsCertificate {
 public:
  // PEM: the server's certificate first, then its issuers; the key unencrypted. Errors: "InvalidCertificate",
  // "InvalidPrivateKey", "PrivateKeyMismatch", "CertificateExpired", "CertificateNotYetValid".
  static Result<std::shared_ptr<TlsCertificate>> load(std::string_view chain, std::string_view key, Timestamp now);
  // What is there stays when the new one cannot be used.
  Result<void> replace(std::string_view chain, std::string_view key, Timestamp now);

  Timestamp expires() const { return expires_; }
  ssl_ctx_st* context() const { return context_.get(); }

 private:
  static Result<TlsCertificate> read(std::string_view chain, std::string_view key, Timestamp now);

  TlsContext context_;
  Timestamp expires_{};
};

}  // namespace stepwell::net
