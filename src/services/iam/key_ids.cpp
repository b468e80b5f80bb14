#include "services/iam/key_ids.h"

#include "crypto/hash.h"
#include "crypto/seal.h"

#include <charconv>
#include <cstdint>

#include <fmt/format.h>

namespace stepwell::iam {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";  // RFC 4648, base 32
constexpr unsigned account_characters = 8;                                 // 40 bits hold twelve digits
constexpr unsigned bits = 5;

std::string random_text(std::size_t count) {
  std::string text;
  for (const char byte : crypto::random_bytes(count)) text += alphabet[static_cast<unsigned char>(byte) % 32];
  return text;
}

}  // namespace

std::string make_key_id(std::string_view kind, std::string_view account) {
  std::uint64_t number = 0;
  std::from_chars(account.data(), account.data() + account.size(), number);
  std::string id(kind);
  for (unsigned left = account_characters; left > 0; --left) id += alphabet[(number >> (bits * (left - 1))) % 32];
  return id + random_text(8);
}

std::string make_entity_id(std::string_view kind) { return std::string(kind) + random_text(17); }

std::string make_secret() { return crypto::base64_encode(crypto::random_bytes(30)); }

std::optional<std::string> account_in(std::string_view key_id) {
  if (key_id.size() != 20) return std::nullopt;
  std::uint64_t number = 0;
  for (const char c : key_id.substr(4, account_characters)) {
    const std::size_t digit = alphabet.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    number = number << bits | digit;
  }
  if (number > 999'999'999'999) return std::nullopt;
  return fmt::format("{:012}", number);
}

}  // namespace stepwell::iam
