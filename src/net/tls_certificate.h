#pragma once
// What a TLS server shows: a certificate, the chain below it, and the key that proves it is the owner's. TLS 1.2
// and 1.3 with forward secrecy only, HTTP/1.1 by ALPN.
//
// It may be replaced while connections are open: those keep what they began with, new ones get the new one. Used on the
// loop's thread.

#include "base/error.h"
#include "base/time.h"

#include <memory>
#include <string_view>

struct ssl_ctx_st;

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
  struct Free {
    void operator()(ssl_ctx_st* context) const;
  };
  using Context = std::unique_ptr<ssl_ctx_st, Free>;
  static Result<TlsCertificate> read(std::string_view chain, std::string_view key, Timestamp now);

  Context context_;
  Timestamp expires_{};
};

}  // namespace stepwell::net
