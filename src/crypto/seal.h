#pragma once
// Sealed text: data that passes through a client and must come back unchanged (task tokens, page tokens).

#include <optional>
#include <string>
#include <string_view>

namespace stepwell::crypto {

// AES-256-GCM with a random 96-bit nonce, written base64url. A Sealer is one key; `purpose` is authenticated with the
// data, so that a token of one kind is not one of another. Thread-safe.
class Sealer {
 public:
  explicit Sealer(std::string_view key);  // 32 bytes
  std::string seal(std::string_view purpose, std::string_view data) const;
  std::optional<std::string> open(std::string_view purpose,
                                  std::string_view sealed) const;  // nullopt: forged or malformed

 private:
  std::string key_;
};

// Unpredictable bytes from the operating system.
std::string random_bytes(std::size_t count);

}  // namespace stepwell::crypto
