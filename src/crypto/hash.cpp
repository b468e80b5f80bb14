#include "crypto/hash.h"

#include "base/check.h"

#include <array>
#include <memory>

#include <openssl/crypto.h>
#include <openssl/evp.h>

namespace stepwell::crypto {
namespace {

constexpr std::array<const char*, 5> names = {"MD5", "SHA1", "SHA256", "SHA384", "SHA512"};

using MacContext = std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

// Looking an algorithm up takes longer than hashing a request, so each is fetched once for the life of the program.
const EVP_MD* fetched(Digest algorithm) {
  static const std::array<EVP_MD*, names.size()> all = [] {
    std::array<EVP_MD*, names.size()> result{};
    for (std::size_t i = 0; i < names.size(); ++i) {
      result[i] = EVP_MD_fetch(nullptr, names[i], nullptr);
      CHECK(result[i] != nullptr);
    }
    return result;
  }();
  return all[static_cast<std::size_t>(algorithm)];
}

// A context that has the HMAC's digest set; only the key is left to give.
MacContext new_hmac_context() {
  EVP_MAC* hmac = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  CHECK(hmac != nullptr);
  MacContext context{EVP_MAC_CTX_new(hmac), &EVP_MAC_CTX_free};
  EVP_MAC_free(hmac);  // the context holds it
  CHECK(context != nullptr);
  std::array<char, 7> sha256{"SHA256"};
  const std::array<OSSL_PARAM, 2> parameters = {OSSL_PARAM_construct_utf8_string("digest", sha256.data(), 0),
                                                OSSL_PARAM_construct_end()};
  CHECK(EVP_MAC_CTX_set_params(context.get(), parameters.data()) == 1);
  return context;
}

const unsigned char* bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

}  // namespace

std::string digest(Digest algorithm, std::string_view data) {
  thread_local const DigestContext context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
  std::array<unsigned char, EVP_MAX_MD_SIZE> result;
  unsigned int size = 0;
  CHECK(EVP_DigestInit_ex2(context.get(), fetched(algorithm), nullptr) == 1);
  CHECK(EVP_DigestUpdate(context.get(), data.data(), data.size()) == 1);
  CHECK(EVP_DigestFinal_ex(context.get(), result.data(), &size) == 1);
  return {reinterpret_cast<const char*>(result.data()), size};
}

std::string hmac_sha256(std::string_view key, std::string_view data) {
  thread_local const MacContext context = new_hmac_context();
  // A null key means "keep the last one", so an empty key needs an address too.
  static constexpr unsigned char no_key = 0;
  std::string result(32, '\0');
  std::size_t size = 0;
  CHECK(EVP_MAC_init(context.get(), key.empty() ? &no_key : bytes(key), key.size(), nullptr) == 1);
  CHECK(EVP_MAC_update(context.get(), bytes(data), data.size()) == 1);
  CHECK(EVP_MAC_final(context.get(), reinterpret_cast<unsigned char*>(result.data()), &size, result.size()) == 1);
  CHECK(size == result.size());
  return result;
}

bool equal_secrets(std::string_view a, std::string_view b) {
  return a.size() == b.size() && (a.empty() || CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0);
}

}  // namespace stepwell::crypto
