#include "crypto/hash.h"

#include "lang/asl/intrinsics/arguments.h"
#include "lang/asl/intrinsics/intrinsic.h"

namespace stepwell::asl {
namespace {

constexpr std::size_t max_length = 10'000;

std::optional<crypto::Digest> find_digest(const json::Value& name) {
  if (!name.is_string()) return std::nullopt;
  if (name.as_string() == "MD5") return crypto::Digest::md5;
  if (name.as_string() == "SHA-1") return crypto::Digest::sha1;
  if (name.as_string() == "SHA-256") return crypto::Digest::sha256;
  if (name.as_string() == "SHA-384") return crypto::Digest::sha384;
  if (name.as_string() == "SHA-512") return crypto::Digest::sha512;
  return std::nullopt;
}

// What is no string is hashed as it prints.
Evaluated<json::Value> call(Activation& activation, std::span<const json::Value> arguments) {
  const std::string data = intrinsics::java_text(arguments[0]);
  const std::optional<crypto::Digest> algorithm = find_digest(arguments[1]);
  if (!algorithm || intrinsics::java_length(data) > max_length) {
    return intrinsics::invalid_arguments(hash_intrinsic.name);
  }
  return intrinsics::text_value(activation, hash_intrinsic.name, crypto::to_hex(crypto::digest(*algorithm, data)));
}

}  // namespace

const Intrinsic hash_intrinsic = {.name = "States.Hash", .min_arguments = 2, .max_arguments = 2, .call = call};

}  // namespace stepwell::asl
