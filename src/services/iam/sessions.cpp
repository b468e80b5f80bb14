#include "services/iam/sessions.h"

#include "services/iam/key_ids.h"
#include "services/iam/records.h"
#include "store/codec.h"

namespace stepwell::iam {
namespace {

constexpr std::string_view purpose = "session";
constexpr std::uint8_t version = 1;
constexpr std::size_t max_opened = 4'096;

Error expired() {
  return {.code = "ExpiredTokenException",
          .message = "The security token included in the request is expired",
          .detail = {}};
}

std::string write(const Session& session) {
  const SessionPrincipal& principal = *session.principal;
  std::string data;
  store::ValueWriter out(data);
  out.u8(version).text(session.access_key).text(session.secret);
  out.signed_varint(session.expires.time_since_epoch().count());
  out.signed_varint(principal.issued.time_since_epoch().count());
  out.u8(static_cast<std::uint8_t>(principal.kind)).text(principal.account).text(principal.name);
  out.text(principal.arn).text(principal.id).text(principal.role_arn).text(principal.policy);
  out.varint(principal.policies.size());
  for (const std::string& arn : principal.policies) out.text(arn);
  return data;
}

std::optional<Session> read(std::string_view data) {
  store::ValueReader in(data);
  if (in.u8() != version) return std::nullopt;
  Session session;
  auto principal = std::make_shared<SessionPrincipal>();
  session.access_key = in.text();
  session.secret = in.text();
  session.expires = Timestamp{Duration{in.signed_varint()}};
  principal->issued = Timestamp{Duration{in.signed_varint()}};
  principal->kind = static_cast<wire::Principal::Kind>(in.u8());
  principal->account = in.text();
  principal->name = in.text();
  principal->arn = in.text();
  principal->id = in.text();
  principal->role_arn = in.text();
  principal->policy = in.text();
  for (std::uint64_t left = in.varint(); left > 0 && in.ok(); --left) principal->policies.emplace_back(in.text());
  if (!in.ok() || !in.at_end()) return std::nullopt;
  if (!principal->policy.empty()) {
    principal->compiled = compile_identity(principal->policy);
    if (principal->compiled == nullptr) return std::nullopt;
  }
  session.principal = std::move(principal);
  return session;
}

}  // namespace

Error invalid_token() {
  return {.code = "UnrecognizedClientException",
          .message = "The security token included in the request is invalid.",
          .detail = {}};
}

directory::Credentials Sessions::issue(const wire::Principal& principal, Timestamp now, Duration duration) const {
  auto bearer = std::make_shared<SessionPrincipal>();
  static_cast<wire::Principal&>(*bearer) = principal;
  if (const auto* session = dynamic_cast<const SessionPrincipal*>(&principal)) *bearer = *session;
  bearer->issued = now;
  Session session{.principal = std::move(bearer),
                  .access_key = make_key_id(temporary_key, principal.account),
                  .secret = make_secret(),
                  .expires = now + duration};
  return {.access_key = session.access_key,
          .secret_key = session.secret,
          .session_token = sealer_.seal(purpose, write(session)),
          .expiration = session.expires};
}

Result<Session> Sessions::open(std::string_view access_key, std::string_view token, Timestamp now) {
  const auto known = opened_.find(std::string(access_key));
  if (known != opened_.end() && known->second.token == token) {
    if (known->second.session.expires <= now) return fail(expired());
    return known->second.session;
  }
  const auto data = sealer_.open(purpose, token);
  auto session = data ? read(*data) : std::nullopt;
  if (!session || session->access_key != access_key) return fail(invalid_token());
  if (session->expires <= now) return fail(expired());
  if (opened_.size() >= max_opened) opened_.clear();
  opened_[session->access_key] = {std::string(token), *session};
  return std::move(*session);
}

}  // namespace stepwell::iam
