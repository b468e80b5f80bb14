#pragma once
// Digests, HMAC and their text forms (OpenSSL).

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stepwell::crypto {

enum class Digest { md5, sha1, sha256, sha384, sha512 };

std::string digest(Digest algorithm, std::string_view data);           // raw bytes
std::string hmac_sha256(std::string_view key, std::string_view data);  // raw bytes

std::string to_hex(std::string_view bytes);  // lower case
std::string base64_encode(std::string_view bytes);
std::optional<std::string> base64_decode(std::string_view text);  // standard alphabet, padded; nullopt when malformed
std::string base64url_encode(std::string_view bytes);             // no padding
std::optional<std::string> base64url_decode(std::string_view text);

// Comparison in constant time.
bool equal_secrets(std::string_view a, std::string_view b);

}  // namespace stepwell::crypto
