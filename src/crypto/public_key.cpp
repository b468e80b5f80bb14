#include "crypto/public_key.h"

#include "base/check.h"
#include "crypto/openssl.h"

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/param_build.h>

namespace stepwell::crypto {
namespace {

using namespace openssl;

constexpr int fewest_bits = 2048;
constexpr int most_bits = 8192;
constexpr std::size_t coordinate_bytes = 32;

using Builder = Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;
using Parameters = Owned<OSSL_PARAM, OSSL_PARAM_free>;
using Context = Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using EcSignature = Owned<ECDSA_SIG, ECDSA_SIG_free>;

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

Number number_of(std::string_view bytes) {
  return Number(BN_bin2bn(bytes_of(bytes), static_cast<int>(bytes.size()), nullptr));
}

KeyPtr make_key(const char* type, OSSL_PARAM_BLD* builder) {
  const Parameters parameters(OSSL_PARAM_BLD_to_param(builder));
  const Context context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  CHECK(parameters != nullptr && context != nullptr && EVP_PKEY_fromdata_init(context.get()) == 1);
  EVP_PKEY* key = nullptr;
  if (EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) {
    ERR_clear_error();
    return nullptr;
  }
  return KeyPtr(key);
}

// The form that OpenSSL knows: a sequence of both numbers. Empty: there are not two.
std::string as_sequence(std::string_view signature) {
  if (signature.size() != 2 * coordinate_bytes) return {};
  const EcSignature pair(ECDSA_SIG_new());
  CHECK(pair != nullptr);
  Number r = number_of(signature.substr(0, coordinate_bytes));
  Number s = number_of(signature.substr(coordinate_bytes));
  CHECK(ECDSA_SIG_set0(pair.get(), r.release(), s.release()) == 1);
  unsigned char* encoded = nullptr;
  const int size = i2d_ECDSA_SIG(pair.get(), &encoded);
  CHECK(size > 0);
  std::string text(reinterpret_cast<const char*>(encoded), static_cast<std::size_t>(size));
  OPENSSL_free(encoded);
  return text;
}

}  // namespace

struct PublicKey::Key {
  KeyPtr key;
  bool is_rsa = true;
};

PublicKey::PublicKey(std::unique_ptr<Key> key) : key_(std::move(key)) {}
PublicKey::PublicKey(PublicKey&&) noexcept = default;
PublicKey& PublicKey::operator=(PublicKey&&) noexcept = default;
PublicKey::~PublicKey() = default;

std::optional<PublicKey> PublicKey::rsa(std::string_view modulus, std::string_view exponent) {
  if (modulus.size() * 8 > most_bits || exponent.empty() || exponent.size() > 8) return std::nullopt;
  const Number n = number_of(modulus);
  const Number e = number_of(exponent);
  const Builder builder(OSSL_PARAM_BLD_new());
  CHECK(n != nullptr && e != nullptr && builder != nullptr);
  if (BN_num_bits(n.get()) < fewest_bits) return std::nullopt;
  CHECK(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) == 1);
  CHECK(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) == 1);
  KeyPtr key = make_key("RSA", builder.get());
  if (!key) return std::nullopt;
  return PublicKey(std::make_unique<Key>(Key{.key = std::move(key), .is_rsa = true}));
}

std::optional<PublicKey> PublicKey::p256(std::string_view x, std::string_view y) {
  if (x.size() != coordinate_bytes || y.size() != coordinate_bytes) return std::nullopt;
  std::string point = "\x04";  // both coordinates follow
  point += x;
  point += y;
  const Builder builder(OSSL_PARAM_BLD_new());
  CHECK(builder != nullptr);
  CHECK(OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) == 1);
  CHECK(OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) == 1);
  KeyPtr key = make_key("EC", builder.get());
  if (!key) return std::nullopt;
  return PublicKey(std::make_unique<Key>(Key{.key = std::move(key), .is_rsa = false}));
}

bool PublicKey::is_rsa() const { return key_->is_rsa; }

bool PublicKey::verifies(Digest digest, std::string_view text, std::string_view signature) const {
  std::string sequence;
  if (!key_->is_rsa) {
    sequence = as_sequence(signature);
    signature = sequence;
  }
  const DigestContext context(EVP_MD_CTX_new());
  CHECK(context != nullptr);
  const bool good =
      EVP_DigestVerifyInit(context.get(), nullptr, method(digest), nullptr, key_->key.get()) == 1 &&
      EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(text), text.size()) == 1;
  ERR_clear_error();
  return good;
}

}  // namespace stepwell::crypto
