#include "crypto/signing_key.h"

#include "base/check.h"
#include "crypto/openssl.h"
#include "crypto/seal.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

namespace stepwell::crypto {
namespace {

using namespace openssl;

constexpr unsigned int key_bits = 2048;
constexpr std::chrono::days life{365 * 30};
constexpr std::size_t serial_bytes = 16;

using Bio = Owned<BIO, BIO_free>;
using Certificate = Owned<X509, X509_free>;

std::string text_of(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

std::time_t seconds(Timestamp time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

std::string make_certificate(EVP_PKEY* key, std::string_view name, Timestamp from) {
  const Certificate certificate(X509_new());
  CHECK(certificate != nullptr && X509_set_version(certificate.get(), X509_VERSION_3) == 1);
  const std::string serial = random_bytes(serial_bytes);
  const Number number(
      BN_bin2bn(reinterpret_cast<const unsigned char*>(serial.data()), static_cast<int>(serial.size()), nullptr));
  CHECK(BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate.get())) != nullptr);
  CHECK(ASN1_TIME_set(X509_getm_notBefore(certificate.get()), seconds(from)) != nullptr);
  CHECK(ASN1_TIME_set(X509_getm_notAfter(certificate.get()), seconds(from + life)) != nullptr);
  X509_NAME* subject = X509_get_subject_name(certificate.get());
  CHECK(X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(name.data()),
                                   static_cast<int>(name.size()), -1, 0) == 1);
  CHECK(X509_set_issuer_name(certificate.get(), subject) == 1 && X509_set_pubkey(certificate.get(), key) == 1);
  CHECK(X509_sign(certificate.get(), key, EVP_sha256()) > 0);
  const Bio out(BIO_new(BIO_s_mem()));
  CHECK(PEM_write_bio_X509(out.get(), certificate.get()) == 1);
  return text_of(out.get());
}

}  // namespace

struct SigningKey::Key {
  KeyPtr pkey;
};

SigningKey::SigningKey(std::unique_ptr<Key> key, std::string certificate)
    : key_(std::move(key)), certificate_(std::move(certificate)) {}
SigningKey::SigningKey(SigningKey&&) noexcept = default;
SigningKey& SigningKey::operator=(SigningKey&&) noexcept = default;
SigningKey::~SigningKey() = default;

SigningKey SigningKey::generate(std::string_view name, Timestamp from) {
  auto key = std::make_unique<Key>(KeyPtr(EVP_RSA_gen(key_bits)));
  CHECK(key->pkey != nullptr);
  std::string certificate = make_certificate(key->pkey.get(), name, from);
  return {std::move(key), std::move(certificate)};
}

std::optional<SigningKey> SigningKey::load(std::string_view private_key, std::string_view certificate) {
  const Bio key_text(BIO_new_mem_buf(private_key.data(), static_cast<int>(private_key.size())));
  const Bio certificate_text(BIO_new_mem_buf(certificate.data(), static_cast<int>(certificate.size())));
  auto key = std::make_unique<Key>(KeyPtr(PEM_read_bio_PrivateKey(key_text.get(), nullptr, nullptr, nullptr)));
  const Certificate read(PEM_read_bio_X509(certificate_text.get(), nullptr, nullptr, nullptr));
  const bool fits = key->pkey != nullptr && read != nullptr && X509_check_private_key(read.get(), key->pkey.get()) == 1;
  ERR_clear_error();
  if (!fits) return std::nullopt;
  return SigningKey(std::move(key), std::string(certificate));
}

std::string SigningKey::private_key() const {
  const Bio out(BIO_new(BIO_s_mem()));
  CHECK(PEM_write_bio_PrivateKey(out.get(), key_->pkey.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
  return text_of(out.get());
}

std::string SigningKey::sign(Digest digest, std::string_view text) const {
  const DigestContext context(EVP_MD_CTX_new());
  CHECK(EVP_DigestSignInit(context.get(), nullptr, method(digest), nullptr, key_->pkey.get()) == 1);
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  std::size_t size = 0;
  CHECK(EVP_DigestSign(context.get(), nullptr, &size, bytes, text.size()) == 1);
  std::string signature(size, '\0');
  CHECK(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytes, text.size()) ==
        1);
  signature.resize(size);
  return signature;
}

}  // namespace stepwell::crypto
