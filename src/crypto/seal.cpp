#include "crypto/seal.h"

#include "base/check.h"
#include "crypto/hash.h"

#include <memory>
#include <sys/random.h>

#include <openssl/evp.h>

namespace stepwell::crypto {
namespace {

// Sealed bytes: nonce, then the data encrypted, then the tag.
constexpr std::size_t key_size = 32;
constexpr std::size_t nonce_size = 12;
constexpr std::size_t tag_size = 16;
constexpr std::size_t max_sealed_size = 1U << 30U;  // OpenSSL counts in int

using Context = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

EVP_CIPHER_CTX* thread_context() {
  thread_local const Context context{EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free};
  CHECK(context != nullptr);
  return context.get();
}

const EVP_CIPHER* aes_256_gcm() {
  static EVP_CIPHER* const cipher = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
  CHECK(cipher != nullptr);
  return cipher;
}

const unsigned char* in(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* out(char* at) { return reinterpret_cast<unsigned char*>(at); }

enum class Direction { open = 0, seal = 1 };

// Starts on a message and takes the purpose in as data that is authenticated only.
void begin(Direction direction, std::string_view key, std::string_view nonce, std::string_view purpose) {
  EVP_CIPHER_CTX* context = thread_context();
  int length = 0;
  CHECK(EVP_CipherInit_ex2(context, aes_256_gcm(), in(key), in(nonce), static_cast<int>(direction), nullptr) == 1);
  CHECK(EVP_CipherUpdate(context, nullptr, &length, in(purpose), static_cast<int>(purpose.size())) == 1);
}

}  // namespace

Sealer::Sealer(std::string_view key) : key_(key) { CHECK(key.size() == key_size); }

std::string Sealer::seal(std::string_view purpose, std::string_view data) const {
  CHECK(data.size() < max_sealed_size / 2);
  EVP_CIPHER_CTX* context = thread_context();
  std::string sealed = random_bytes(nonce_size);
  sealed.resize(nonce_size + data.size() + tag_size);
  begin(Direction::seal, key_, std::string_view(sealed).substr(0, nonce_size), purpose);
  int length = 0;
  char* const text = sealed.data() + nonce_size;
  CHECK(EVP_CipherUpdate(context, out(text), &length, in(data), static_cast<int>(data.size())) == 1);
  CHECK(EVP_CipherFinal_ex(context, out(text + length), &length) == 1);
  CHECK(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, tag_size, text + data.size()) == 1);
  return base64url_encode(sealed);
}

std::optional<std::string> Sealer::open(std::string_view purpose, std::string_view sealed) const {
  if (sealed.size() > max_sealed_size) return std::nullopt;
  std::optional<std::string> bytes = base64url_decode(sealed);
  if (!bytes || bytes->size() < nonce_size + tag_size) return std::nullopt;
  EVP_CIPHER_CTX* context = thread_context();
  begin(Direction::open, key_, std::string_view(*bytes).substr(0, nonce_size), purpose);
  const std::size_t size = bytes->size() - nonce_size - tag_size;
  std::string data(size, '\0');
  int length = 0;
  const auto text = std::string_view(*bytes).substr(nonce_size, size);
  CHECK(EVP_CipherUpdate(context, out(data.data()), &length, in(text), static_cast<int>(size)) == 1);
  CHECK(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, tag_size, bytes->data() + nonce_size + size) == 1);
  if (EVP_CipherFinal_ex(context, out(data.data() + length), &length) != 1) return std::nullopt;
  return data;
}

std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  std::size_t filled = 0;
  while (filled < count) {
    const ssize_t got = getrandom(bytes.data() + filled, count - filled, 0);
    CHECK(got > 0 || errno == EINTR);
    if (got > 0) filled += static_cast<std::size_t>(got);
  }
  return bytes;
}

}  // namespace stepwell::crypto
