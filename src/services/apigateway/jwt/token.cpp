#include "services/apigateway/jwt/token.h"

#include "crypto/hash.h"
#include "lang/json/build.h"
#include "lang/json/documents.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"

#include <algorithm>

namespace stepwell::apigateway {
namespace {

using json::text_of;

constexpr std::size_t max_token = 16U << 10U;

std::optional<json::Value> read_part(json::Arena& arena, std::string_view part) {
  const auto decoded = crypto::base64url_decode(part);
  if (!decoded) return std::nullopt;
  const auto value = json::parse_copy(arena, *decoded, {.max_depth = 32});
  return value && value->is_object() ? std::optional(*value) : std::nullopt;
}

std::optional<double> seconds_of(const json::Value& claims, std::string_view name) {
  const json::Value* value = claims.find(name);
  return value != nullptr && value->is_number() ? std::optional(value->as_double()) : std::nullopt;
}

bool is_among(std::string_view text, std::span<const std::string> all) {
  return std::ranges::find(all, text) != all.end();
}

// A text, or a list of texts.
template <typename Visit>
bool any_of(const json::Value* claim, Visit visit) {
  if (claim == nullptr) return false;
  if (claim->is_string()) return visit(claim->as_string());
  if (!claim->is_array()) return false;
  return std::ranges::any_of(claim->elements(),
                             [&](const json::Value& each) { return each.is_string() && visit(each.as_string()); });
}

bool has_word(std::string_view text, std::span<const std::string> words) {
  while (!text.empty()) {
    const std::size_t space = std::min(text.find(' '), text.size());
    if (is_among(text.substr(0, space), words)) return true;
    text.remove_prefix(std::min(space + 1, text.size()));
  }
  return false;
}

std::string text_of_claim(const json::Value& claim) {
  if (claim.is_string()) return std::string(claim.as_string());
  if (!claim.is_array()) return json::print(claim);
  std::string list;
  for (const json::Value& each : claim.elements()) list += (list.empty() ? "" : " ") + text_of_claim(each);
  return fmt::format("[{}]", list);
}

}  // namespace

std::optional<Token> read_token(json::Arena& arena, std::string_view text) {
  const std::size_t first = text.find('.');
  const std::size_t second = first == std::string_view::npos ? first : text.find('.', first + 1);
  if (text.size() > max_token || second == std::string_view::npos) return std::nullopt;
  const auto header = read_part(arena, text.substr(0, first));
  const auto claims = read_part(arena, text.substr(first + 1, second - first - 1));
  auto signature = crypto::base64url_decode(text.substr(second + 1));
  if (!header || !claims || !signature) return std::nullopt;
  return Token{.algorithm = std::string(text_of(*header, "alg")),
               .key_id = std::string(text_of(*header, "kid")),
               .signed_text = text.substr(0, second),
               .signature = std::move(*signature),
               .claims = *claims};
}

std::string_view fault_of_claims(const json::Value& claims, std::string_view issuer,
                                 std::span<const std::string> audience, Timestamp now) {
  const double seconds = std::chrono::duration<double>(now.time_since_epoch()).count();
  if (text_of(claims, "iss") != issuer) return "the token has an invalid issuer";
  const auto is_meant = [&](std::string_view each) { return is_among(each, audience); };
  // client_id is looked at only where there is no aud.
  const json::Value* audience_claim = claims.find("aud");
  if (!any_of(audience_claim != nullptr ? audience_claim : claims.find("client_id"), is_meant)) {
    return "the token does not have a valid audience";
  }
  const auto expires = seconds_of(claims, "exp");
  if (!expires || *expires <= seconds) return "the token has expired";
  for (const std::string_view name : {"nbf", "iat"}) {
    if (claims.find(name) == nullptr) continue;
    const auto from = seconds_of(claims, name);
    if (!from || *from > seconds) return "the token is not valid yet";
  }
  return {};
}

bool has_scope(const json::Value& claims, std::span<const std::string> scopes) {
  const auto has = [&](std::string_view text) { return has_word(text, scopes); };
  return any_of(claims.find("scope"), has) || any_of(claims.find("scp"), has);
}

json::Value claims_as_texts(json::Arena& arena, const json::Value& claims) {
  json::ObjectBuilder texts(arena);
  for (const json::Member& claim : claims.members()) texts.add(claim.key, text_of_claim(claim.value));
  return texts.build();
}

}  // namespace stepwell::apigateway
