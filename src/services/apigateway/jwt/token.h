#pragma once
// JSON Web Tokens (RFC 7519): reading one, and what API Gateway asks of its claims. Whether the signature is right is
// for jwt/keys.h.

#include "base/time.h"
#include "lang/json/value.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace stepwell::apigateway {

struct Token {
  std::string algorithm;  // "RS256"
  std::string key_id;
  std::string_view signed_text;  // of the text that was read
  std::string signature;         // raw bytes
  json::Value claims;            // an object
};
// nullopt: it is none. At most 16 KB.
std::optional<Token> read_token(json::Arena& arena, std::string_view text);

// What is wrong with the claims, in AWS's words; empty: nothing.
std::string_view fault_of_claims(const json::Value& claims, std::string_view issuer,
                                 std::span<const std::string> audience, Timestamp now);

// Whether the token has one of the scopes (its claims scope or scp).
bool has_scope(const json::Value& claims, std::span<const std::string> scopes);

// The claims as integrations are told them: an object of texts.
json::Value claims_as_texts(json::Arena& arena, const json::Value& claims);

}  // namespace stepwell::apigateway
