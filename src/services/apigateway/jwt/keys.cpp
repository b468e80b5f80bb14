#include "services/apigateway/jwt/keys.h"

#include "lang/json/documents.h"
#include "lang/json/parse.h"

#include <algorithm>
#include <array>

namespace stepwell::apigateway {
namespace {

using json::text_of;

constexpr std::chrono::hours keep{2};                // as AWS does
constexpr std::chrono::seconds between_fetches{30};  // for keys that are not known
constexpr std::chrono::milliseconds after_failure{1'000};
constexpr Duration fetch_timeout{5'000};
constexpr std::size_t max_document = 256U << 10U;
constexpr std::size_t max_keys = 64;

std::string bytes_of(const json::Value& key, std::string_view name) {
  return crypto::base64url_decode(text_of(key, name)).value_or("");
}

std::optional<crypto::PublicKey> read_key(const json::Value& key) {
  if (text_of(key, "use") == "enc") return std::nullopt;
  const std::string_view type = text_of(key, "kty");
  if (type == "RSA") return crypto::PublicKey::rsa(bytes_of(key, "n"), bytes_of(key, "e"));
  if (type == "EC" && text_of(key, "crv") == "P-256") {
    return crypto::PublicKey::p256(bytes_of(key, "x"), bytes_of(key, "y"));
  }
  return std::nullopt;
}

struct Algorithm {
  std::string_view name;
  crypto::Digest digest;
  bool rsa;
};
constexpr auto algorithms = std::to_array<Algorithm>({{"ES256", crypto::Digest::sha256, false},
                                                      {"RS256", crypto::Digest::sha256, true},
                                                      {"RS384", crypto::Digest::sha384, true},
                                                      {"RS512", crypto::Digest::sha512, true}});

}  // namespace

KeySet read_key_set(std::string_view text) {
  json::Arena arena;
  KeySet keys;
  const auto document = json::parse(arena, text, {.max_depth = 16});
  if (!document) return keys;
  for (const json::Value& each : json::elements_of(*document, "keys")) {
    if (keys.size() == max_keys) break;
    if (auto key = read_key(each)) keys.insert_or_assign(std::string(text_of(each, "kid")), std::move(*key));
  }
  return keys;
}

bool is_signed(const Token& token, const crypto::PublicKey& key) {
  const auto algorithm = std::ranges::find(algorithms, token.algorithm, &Algorithm::name);
  return algorithm != algorithms.end() && algorithm->rsa == key.is_rsa() &&
         key.verifies(algorithm->digest, token.signed_text, token.signature);
}

bool IssuerKeys::is_fresh(const Known& known, const std::string& key_id) const {
  const Duration age = clock_.now() - known.fetched;
  if (known.keys == nullptr) return age < after_failure;
  return known.keys->contains(key_id) ? age < keep : age < between_fetches;
}

Task<std::shared_ptr<const KeySet>> IssuerKeys::find(std::string issuer, std::string key_id) {
  if (!issuers_.contains(issuer) && issuers_.size() >= max_issuers) issuers_.clear();
  auto& entry = issuers_[issuer];
  if (!entry) entry = std::make_shared<Known>();
  const std::shared_ptr<Known> known = entry;
  if (known->fetched != Timestamp{} && is_fresh(*known, key_id)) co_return known->keys;
  const auto lock = co_await known->fetching.lock();
  if (known->fetched != Timestamp{} && is_fresh(*known, key_id)) co_return known->keys;
  auto keys = co_await fetch(issuer);
  known->fetched = clock_.now();
  if (keys != nullptr) known->keys = std::move(keys);
  co_return known->keys;
}

Task<std::shared_ptr<const KeySet>> IssuerKeys::fetch(std::string issuer) {
  while (issuer.ends_with('/')) issuer.pop_back();
  const std::string configuration = co_await get(issuer + "/.well-known/openid-configuration");
  json::Arena arena;
  const auto document = json::parse(arena, configuration, {.max_depth = 16});
  if (!document) co_return nullptr;
  const std::string keys = co_await get(std::string(text_of(*document, "jwks_uri")));
  if (keys.empty()) co_return nullptr;
  co_return std::make_shared<const KeySet>(read_key_set(keys));
}

// Empty: there is no answer that is good.
Task<std::string> IssuerKeys::get(std::string url) {
  http::Call call{.url = std::move(url), .request = {}, .timeout = fetch_timeout, .max_response_bytes = max_document};
  call.request.method = "GET";
  call.request.headers.add("Accept", "application/json");
  auto answer = co_await client_.send(std::move(call));
  co_return answer && answer->status == 200 ? std::move(answer->body) : std::string();
}

}  // namespace stepwell::apigateway
