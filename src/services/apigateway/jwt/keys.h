#pragma once
// The public keys of issuers: JSON Web Key Sets (RFC 7517), fetched from where the issuer's
// /.well-known/openid-configuration says, and remembered for a while.

#include "base/async_mutex.h"
#include "base/http_client.h"
#include "base/ports.h"
#include "base/task.h"
#include "crypto/public_key.h"
#include "services/apigateway/jwt/token.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace stepwell::apigateway {

using KeySet = std::map<std::string, crypto::PublicKey, std::less<>>;  // by kid
// Keys of other kinds, or for encryption, are left out.
KeySet read_key_set(std::string_view text);

// Whether one of the keys has made the signature: RS256, RS384, RS512, ES256.
bool is_signed(const Token& token, const crypto::PublicKey& key);

class IssuerKeys {
 public:
  IssuerKeys(http::Client& client, Clock& clock) : client_(client), clock_(clock) {}

  // The issuer's keys; nullptr: they cannot be had. Where `key_id` is not among those that are known, they are fetched
  // again, but not more often than once in a while.
  Task<std::shared_ptr<const KeySet>> find(std::string issuer, std::string key_id);

 private:
  struct Known {
    AsyncMutex fetching;
    std::shared_ptr<const KeySet> keys;
    Timestamp fetched{};  // or tried to
  };
  static constexpr std::size_t max_issuers = 64;
  bool is_fresh(const Known& known, const std::string& key_id) const;
  Task<std::shared_ptr<const KeySet>> fetch(std::string issuer);
  Task<std::string> get(std::string url);

  http::Client& client_;
  Clock& clock_;
  std::unordered_map<std::string, std::shared_ptr<Known>> issuers_;
};

}  // namespace stepwell::apigateway
