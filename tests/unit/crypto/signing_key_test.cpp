#include "crypto/signing_key.h"

#include <gtest/gtest.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

namespace stepwell::crypto {
namespace {

constexpr Timestamp now{Duration{1'700'000'000'000}};

bool verifies(const std::string& certificate, const EVP_MD* digest, std::string_view text, std::string_view signature) {
  BIO* in = BIO_new_mem_buf(certificate.data(), static_cast<int>(certificate.size()));
  X509* read = PEM_read_bio_X509(in, nullptr, nullptr, nullptr);
  EVP_PKEY* key = X509_get_pubkey(read);
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  EVP_DigestVerifyInit(context, nullptr, digest, nullptr, key);
  const int result =
      EVP_DigestVerify(context, reinterpret_cast<const unsigned char*>(signature.data()), signature.size(),
                       reinterpret_cast<const unsigned char*>(text.data()), text.size());
  EVP_MD_CTX_free(context);
  EVP_PKEY_free(key);
  X509_free(read);
  BIO_free(in);
  return result == 1;
}

TEST(SigningKey, TheCertificateVerifiesWhatTheKeySigned) {
  const SigningKey key = SigningKey::generate("messages", now);
  const std::string signature = key.sign(Digest::sha256, "text");
  EXPECT_EQ(signature.size(), 256U);
  EXPECT_TRUE(verifies(key.certificate(), EVP_sha256(), "text", signature));
  EXPECT_FALSE(verifies(key.certificate(), EVP_sha256(), "texts", signature));
  EXPECT_TRUE(verifies(key.certificate(), EVP_sha1(), "text", key.sign(Digest::sha1, "text")));
}

TEST(SigningKey, IsTheSameWhenItIsLoaded) {
  const SigningKey key = SigningKey::generate("messages", now);
  const auto loaded = SigningKey::load(key.private_key(), key.certificate());
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->sign(Digest::sha256, "text"), key.sign(Digest::sha256, "text"));
}

TEST(SigningKey, IsNotLoadedWithWhatIsNotItsOwn) {
  const SigningKey one = SigningKey::generate("messages", now);
  const SigningKey other = SigningKey::generate("messages", now);
  EXPECT_FALSE(SigningKey::load(one.private_key(), other.certificate()));
  EXPECT_FALSE(SigningKey::load("nothing", one.certificate()));
}

}  // namespace
}  // namespace stepwell::crypto
