#include "server/certificate_files.h"

#include "server/files.h"

#include <utility>

#include <fmt/format.h>

namespace stepwell::server {
namespace {

constexpr Duration look_every{2'000};
constexpr std::chrono::days worth_a_warning{14};

std::string advice(std::string_view code) {
  if (code == "CertificateExpired") return "Renew it; the server reads the new one when the file changes.";
  if (code == "PrivateKeyMismatch") return "Give the key that the certificate was made for.";
  return "Both files are PEM: --tls-cert the server's certificate, then its issuers; --tls-key its private key.";
}

}  // namespace

Result<std::unique_ptr<CertificateFiles>> CertificateFiles::open(std::string certificate, std::string key, Clock& clock,
                                                                 Log& log) {
  std::unique_ptr<CertificateFiles> files(new CertificateFiles(std::move(certificate), std::move(key), clock, log));
  files->seen_ = files->stamp();
  TRY_ASSIGN(const std::string chain, read_file(files->certificate_path_));
  TRY_ASSIGN(const std::string key_text, read_file(files->key_path_));
  auto loaded = net::TlsCertificate::load(chain, key_text, clock.now());
  if (!loaded) return fail(files->named(std::move(loaded).error()));
  files->certificate_ = std::move(*loaded);
  files->tell_expiry();
  return files;
}

Error CertificateFiles::named(Error error) const {
  const bool of_key = error.code == "InvalidPrivateKey" || error.code == "PrivateKeyMismatch";
  error.message = fmt::format("{}: {}", of_key ? key_path_ : certificate_path_, error.message);
  error.detail = advice(error.code);
  return error;
}

void CertificateFiles::tell_expiry() const {
  if (certificate_->expires() > clock_.now() + worth_a_warning) return;
  log_.warning(
      fmt::format("{}: the certificate expires at {}", certificate_path_, format_rfc3339(certificate_->expires())));
}

CertificateFiles::Stamp CertificateFiles::stamp() const {
  std::error_code ignored;
  return {.certificate = std::filesystem::last_write_time(certificate_path_, ignored),
          .key = std::filesystem::last_write_time(key_path_, ignored),
          .certificate_bytes = std::filesystem::file_size(certificate_path_, ignored),
          .key_bytes = std::filesystem::file_size(key_path_, ignored)};
}

void CertificateFiles::reload() {
  seen_ = stamp();
  const auto chain = read_file(certificate_path_);
  const auto key = read_file(key_path_);
  Result<void> replaced;
  if (!chain || !key) {
    replaced = fail(chain ? key.error() : chain.error());
  } else {
    replaced = certificate_->replace(*chain, *key, clock_.now());
    if (!replaced) replaced = fail(named(replaced.error()));
  }
  if (!replaced)
    return log_.error(fmt::format("{}; the certificate that was there stays in use", replaced.error().message));
  log_.info(fmt::format("{}: the certificate has been read again, valid until {}", certificate_path_,
                        format_rfc3339(certificate_->expires())));
  tell_expiry();
}

void CertificateFiles::watch(Scheduler& scheduler) {
  scheduler_ = &scheduler;
  next_look_ = scheduler.after(look_every, [this] { look(); });
}

void CertificateFiles::look() {
  if (stamp() != seen_) reload();
  watch(*scheduler_);
}

}  // namespace stepwell::server
