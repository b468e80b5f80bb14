#include "services/iam/records.h"

#include "lang/policy/parse.h"
#include "store/codec.h"
#include "store/times.h"

namespace stepwell::iam {
namespace {

using store::get_time;
using store::put_time;
using store::ValueReader;
using store::ValueWriter;

constexpr std::uint8_t version = 1;
constexpr std::string_view sealed_secret = "access key";

void put_tags(ValueWriter& out, const std::vector<Tag>& tags) {
  out.varint(tags.size());
  for (const Tag& tag : tags) out.text(tag.key).text(tag.value);
}

std::vector<Tag> get_tags(ValueReader& in) {
  std::vector<Tag> tags;
  for (std::uint64_t left = in.varint(); left > 0 && in.ok(); --left) {
    Tag& tag = tags.emplace_back();
    tag.key = in.text();
    tag.value = in.text();
  }
  return tags;
}

void put_entity(ValueWriter& out, const Entity& entity) {
  out.u8(version).text(entity.name).text(entity.path).text(entity.id);
  put_time(out, entity.created);
  out.text(entity.boundary);
  put_tags(out, entity.tags);
  out.varint(entity.policies.size());
  for (const InlinePolicy& policy : entity.policies) out.text(policy.name).text(policy.document);
  out.varint(entity.attached.size());
  for (const std::string& arn : entity.attached) out.text(arn);
}

bool get_entity(std::string_view key, ValueReader& in, Entity& entity) {
  store::KeyReader place(key);
  entity.account = place.text();
  if (in.u8() != version) return false;
  entity.name = in.text();
  entity.path = in.text();
  entity.id = in.text();
  entity.created = get_time(in);
  entity.boundary = in.text();
  entity.tags = get_tags(in);
  for (std::uint64_t left = in.varint(); left > 0 && in.ok(); --left) {
    InlinePolicy& policy = entity.policies.emplace_back();
    policy.name = in.text();
    policy.document = in.text();
    policy.compiled = compile_identity(policy.document);
    if (policy.compiled == nullptr) return false;
  }
  for (std::uint64_t left = in.varint(); left > 0 && in.ok(); --left) entity.attached.emplace_back(in.text());
  return place.ok() && in.ok();
}

Compiled compile(std::string_view document, policy::DocumentKind kind) {
  auto parsed = policy::parse(document, kind);
  return parsed ? std::make_shared<const policy::Document>(std::move(*parsed)) : nullptr;
}

}  // namespace

Compiled compile_identity(std::string_view document) { return compile(document, policy::DocumentKind::identity); }
Compiled compile_trust(std::string_view document) { return compile(document, policy::DocumentKind::trust); }

std::string entity_key(std::string_view account, std::string_view name) {
  return store::KeyWriter().text(account).text(lower(name)).take();
}

std::string encode(const User& user) {
  std::string value;
  ValueWriter out(value);
  put_entity(out, user);
  return value;
}

std::optional<User> decode_user(std::string_view key, std::string_view value) {
  ValueReader in(value);
  User user;
  return get_entity(key, in, user) && in.at_end() ? std::optional(std::move(user)) : std::nullopt;
}

std::string encode(const Role& role) {
  std::string value;
  ValueWriter out(value);
  put_entity(out, role);
  out.text(role.description).varint(role.max_session_seconds).text(role.trust);
  return value;
}

std::optional<Role> decode_role(std::string_view key, std::string_view value) {
  ValueReader in(value);
  Role role;
  if (!get_entity(key, in, role)) return std::nullopt;
  role.description = in.text();
  role.max_session_seconds = static_cast<std::uint32_t>(in.varint());
  role.trust = in.text();
  role.compiled_trust = compile_trust(role.trust);
  if (role.compiled_trust == nullptr || !in.ok() || !in.at_end()) return std::nullopt;
  return role;
}

std::string encode(const ManagedPolicy& policy) {
  std::string value;
  ValueWriter out(value);
  out.u8(version).text(policy.name).text(policy.path).text(policy.id).text(policy.description);
  put_time(out, policy.created);
  put_time(out, policy.updated);
  put_tags(out, policy.tags);
  out.varint(policy.default_version).varint(policy.last_version).varint(policy.versions.size());
  for (const PolicyVersion& one : policy.versions) {
    out.varint(one.number).text(one.document);
    put_time(out, one.created);
  }
  return value;
}

std::optional<ManagedPolicy> decode_policy(std::string_view key, std::string_view value) {
  store::KeyReader place(key);
  ValueReader in(value);
  ManagedPolicy policy;
  policy.account = place.text();
  if (in.u8() != version) return std::nullopt;
  policy.name = in.text();
  policy.path = in.text();
  policy.id = in.text();
  policy.description = in.text();
  policy.created = get_time(in);
  policy.updated = get_time(in);
  policy.tags = get_tags(in);
  policy.default_version = static_cast<std::uint32_t>(in.varint());
  policy.last_version = static_cast<std::uint32_t>(in.varint());
  bool has_default = false;
  for (std::uint64_t left = in.varint(); left > 0 && in.ok(); --left) {
    PolicyVersion& one = policy.versions.emplace_back();
    one.number = static_cast<std::uint32_t>(in.varint());
    one.document = in.text();
    one.created = get_time(in);
    one.compiled = compile_identity(one.document);
    if (one.compiled == nullptr) return std::nullopt;
    has_default |= one.number == policy.default_version;
  }
  return has_default && place.ok() && in.ok() && in.at_end() ? std::optional(std::move(policy)) : std::nullopt;
}

std::string encode(const AccessKey& key, const crypto::Sealer& sealer) {
  std::string value;
  ValueWriter out(value);
  out.u8(version).text(sealer.seal(sealed_secret, key.secret)).text(key.account).text(key.user).u8(key.active ? 1 : 0);
  put_time(out, key.created);
  return value;
}

std::optional<AccessKey> decode_access_key(std::string_view key, std::string_view value, const crypto::Sealer& sealer) {
  store::KeyReader place(key);
  ValueReader in(value);
  AccessKey made;
  made.id = place.text();
  if (in.u8() != version) return std::nullopt;
  auto secret = sealer.open(sealed_secret, in.text());
  if (!secret) return std::nullopt;
  made.secret = std::move(*secret);
  made.account = in.text();
  made.user = in.text();
  made.active = in.u8() != 0;
  made.created = get_time(in);
  return place.ok() && in.ok() && in.at_end() ? std::optional(std::move(made)) : std::nullopt;
}

}  // namespace stepwell::iam
