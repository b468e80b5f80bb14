#pragma once
// Certificates made in the test, as PEM texts.

#include <string>

struct evp_pkey_st;
struct x509_st;

namespace stepwell::net {

struct Pem {
  std::string certificate, key;
};

// How a certificate differs from a good one for localhost.
struct CertificateOptions {
  std::string names = "DNS:localhost,DNS:*.example.localhost,IP:127.0.0.1";
  long begins_seconds = 0;  // from now
  long ends_seconds = 3600;
};

Pem self_signed(const CertificateOptions& options = {});

// An authority and what it signs.
class TestAuthority {
 public:
  TestAuthority();
  ~TestAuthority();
  TestAuthority(const TestAuthority&) = delete;
  TestAuthority& operator=(const TestAuthority&) = delete;

  const std::string& pem() const { return pem_; }
  Pem sign(const CertificateOptions& options = {}) const;

 private:
  evp_pkey_st* key_;
  x509_st* certificate_;
  std::string pem_;
};

}  // namespace stepwell::net
