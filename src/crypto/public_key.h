#pragma once
// Public keys that somebody else's signatures are checked by, made of their numbers as JSON Web Keys carry them
// (RFC 7518): RSA with PKCS #1 v1.5, and the curve P-256, whose signatures are two numbers of 32 bytes.

#include "crypto/hash.h"

#include <memory>
#include <optional>
#include <string_view>

namespace stepwell::crypto {

class PublicKey {
 public:
  // Big-endian bytes. nullopt: they are no such key, or one of less than 2048 or more than 8192 bits.
  static std::optional<PublicKey> rsa(std::string_view modulus, std::string_view exponent);
  static std::optional<PublicKey> p256(std::string_view x, std::string_view y);

  PublicKey(PublicKey&&) noexcept;
  PublicKey& operator=(PublicKey&&) noexcept;
  ~PublicKey();

  bool is_rsa() const;
  bool verifies(Digest digest, std::string_view text, std::string_view signature) const;

 private:
  struct Key;
  explicit PublicKey(std::unique_ptr<Key> key);
  std::unique_ptr<Key> key_;
};

}  // namespace stepwell::crypto
