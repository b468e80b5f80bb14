#pragma once
// A key that messages are signed with, and the certificate, signed by itself, that others check them by (RSA of 2048
// bits, PKCS #1 v1.5).

#include "base/time.h"
#include "crypto/hash.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace stepwell::crypto {

class SigningKey {
 public:
  // A new one, whose certificate is `name`'s for thirty years from then. Takes a tenth of a second.
  static SigningKey generate(std::string_view name, Timestamp from);
  // Both in PEM form. nullopt: they are not, or not of each other.
  static std::optional<SigningKey> load(std::string_view private_key, std::string_view certificate);

  SigningKey(SigningKey&&) noexcept;
  SigningKey& operator=(SigningKey&&) noexcept;
  ~SigningKey();

  std::string private_key() const;  // PEM
  const std::string& certificate() const { return certificate_; }
  std::string sign(Digest digest, std::string_view text) const;  // raw bytes

 private:
  struct Key;
  SigningKey(std::unique_ptr<Key> key, std::string certificate);

  std::unique_ptr<Key> key_;
  std::string certificate_;
};

}  // namespace stepwell::crypto
