#pragma once
// The certificate of the TLS port, from two files. They are read again when the program gets SIGHUP and when they
// change, and what cannot be used then is told in the log while the old certificate stays.

#include "base/error.h"
#include "base/ports.h"
#include "base/timer.h"
#include "net/tls_certificate.h"

#include <filesystem>
#include <memory>
#include <string>

namespace stepwell::server {

class CertificateFiles {
 public:
  // Errors say which file it is, what is wrong with it and what to do.
  static Result<std::unique_ptr<CertificateFiles>> open(std::string certificate, std::string key, Clock& clock,
                                                        Log& log);

  std::shared_ptr<net::TlsCertificate> certificate() const { return certificate_; }
  // Looks at the files from now on; the scheduler outlives this object.
  void watch(Scheduler& scheduler);
  void reload();

 private:
  // Tells whether a file is another one than before.
  struct Stamp {
    std::filesystem::file_time_type certificate{}, key{};
    std::uintmax_t certificate_bytes = 0, key_bytes = 0;
    bool operator==(const Stamp&) const = default;
  };
  CertificateFiles(std::string certificate, std::string key, Clock& clock, Log& log)
      : certificate_path_(std::move(certificate)), key_path_(std::move(key)), clock_(clock), log_(log) {}
  Stamp stamp() const;
  Error named(Error error) const;
  void tell_expiry() const;
  void look();

  const std::string certificate_path_;
  const std::string key_path_;
  Clock& clock_;
  Log& log_;
  std::shared_ptr<net::TlsCertificate> certificate_;
  Stamp seen_;
  Scheduler* scheduler_ = nullptr;
  std::unique_ptr<Timer> next_look_;
};

}  // namespace stepwell::server
