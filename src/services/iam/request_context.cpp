#include "services/iam/request_context.h"

#include "services/iam/sessions.h"
#include "wire/arn.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace stepwell::iam {
namespace {

using policy::Values;
using Kind = wire::Principal::Kind;

std::optional<Values> one(std::string_view value) {
  return value.empty() ? std::nullopt : std::optional(Values{std::string(value)});
}

const wire::ServicePrincipal* service_of(const RequestFacts& facts) {
  return dynamic_cast<const wire::ServicePrincipal*>(&facts.principal);
}

std::optional<Values> principal_arn(const RequestFacts& facts) {
  const wire::Principal& principal = facts.principal;
  if (principal.kind == Kind::service) return std::nullopt;
  return one(principal.role_arn.empty() ? principal.arn : principal.role_arn);
}
std::optional<Values> principal_account(const RequestFacts& facts) { return one(facts.principal.account); }
std::optional<Values> principal_type(const RequestFacts& facts) {
  constexpr std::array<std::string_view, 4> names = {"Account", "User", "AssumedRole", ""};
  return one(names[static_cast<std::size_t>(facts.principal.kind)]);
}
std::optional<Values> is_service(const RequestFacts& facts) {
  return one(facts.principal.kind == Kind::service ? "true" : "false");
}
std::optional<Values> service_name(const RequestFacts& facts) {
  return facts.principal.kind == Kind::service ? one(facts.principal.name) : std::nullopt;
}
std::optional<Values> username(const RequestFacts& facts) {
  return facts.principal.kind == Kind::user ? one(facts.principal.name) : std::nullopt;
}
std::optional<Values> userid(const RequestFacts& facts) { return one(facts.principal.id); }
std::optional<Values> source_ip(const RequestFacts& facts) {
  std::string_view peer = facts.caller.peer;
  peer = peer.substr(0, std::min(peer.rfind(':'), peer.size()));
  if (peer.starts_with('[') && peer.ends_with(']')) peer = peer.substr(1, peer.size() - 2);
  return one(peer);
}
std::optional<Values> secure_transport(const RequestFacts& facts) {
  return one(facts.caller.is_secure ? "true" : "false");
}
std::optional<Values> current_time(const RequestFacts& facts) { return one(format_rfc3339(facts.clock.now())); }
std::optional<Values> epoch_time(const RequestFacts& facts) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(facts.clock.now()).time_since_epoch();
  return one(fmt::to_string(seconds.count()));
}
std::optional<Values> requested_region(const RequestFacts& facts) { return one(facts.caller.region); }
std::optional<Values> resource_account(const RequestFacts& facts) {
  const auto arn = wire::Arn::parse(facts.need.resource);
  return one(arn && !arn->account.empty() ? arn->account : std::string_view(facts.principal.account));
}
std::optional<Values> token_issue_time(const RequestFacts& facts) {
  const auto* session = dynamic_cast<const SessionPrincipal*>(&facts.principal);
  return session == nullptr ? std::nullopt : one(format_rfc3339(session->issued));
}
std::optional<Values> passed_to_service(const RequestFacts& facts) { return one(facts.need.passed_to); }
std::optional<Values> external_id(const RequestFacts& facts) {
  return facts.assumed == nullptr ? std::nullopt : one(facts.assumed->external_id);
}
std::optional<Values> session_name(const RequestFacts& facts) {
  return facts.assumed == nullptr ? std::nullopt : one(facts.assumed->session_name);
}
std::optional<Values> source_arn(const RequestFacts& facts) {
  if (const auto* service = service_of(facts)) return one(service->source_arn);
  return facts.assumed == nullptr ? std::nullopt : one(facts.assumed->source_arn);
}
std::optional<Values> source_account(const RequestFacts& facts) {
  const auto source = source_arn(facts);
  const auto arn = source ? wire::Arn::parse(source->front()) : std::nullopt;
  return arn ? one(arn->account) : std::nullopt;
}
std::optional<Values> policy_arn(const RequestFacts& facts) {
  return facts.call == nullptr ? std::nullopt : one(facts.call->text("PolicyArn"));
}
std::optional<Values> machine_qualifier(const RequestFacts& facts) {
  const auto arn = facts.call == nullptr ? std::nullopt : wire::Arn::parse(facts.call->text("stateMachineArn"));
  if (!arn || std::ranges::count(arn->resource, ':') != 2) return std::nullopt;
  return one(arn->resource.substr(arn->resource.rfind(':') + 1));
}

// The tags that a call gives, as the services write them: {"key":…,"value":…}, {"Key":…,"Value":…}, or a map.
std::vector<Tag> request_tags(const RequestFacts& facts) {
  std::vector<Tag> tags;
  if (facts.call == nullptr) return tags;
  const json::Value* given = facts.call->member("tags");
  if (given == nullptr) given = facts.call->member("Tags");
  if (given == nullptr) return tags;
  const auto text = [](const json::Value* value) {
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
  };
  if (given->is_object()) {
    for (const json::Member& tag : given->members()) tags.push_back({std::string(tag.key), text(&tag.value)});
  } else if (given->is_array()) {
    for (const json::Value& tag : given->elements()) {
      const json::Value* key = tag.find("key");
      const json::Value* value = tag.find("value");
      tags.push_back(
          {text(key != nullptr ? key : tag.find("Key")), text(value != nullptr ? value : tag.find("Value"))});
    }
  }
  return tags;
}

std::optional<Values> tag_keys(const RequestFacts& facts) {
  Values keys;
  for (Tag& tag : request_tags(facts)) keys.push_back(std::move(tag.key));
  const json::Value* taken = facts.call == nullptr ? nullptr : facts.call->member("tagKeys");
  if (taken == nullptr && facts.call != nullptr) taken = facts.call->member("TagKeys");
  if (taken != nullptr && taken->is_array()) {
    for (const json::Value& key : taken->elements()) {
      if (key.is_string()) keys.emplace_back(key.as_string());
    }
  }
  return keys.empty() ? std::nullopt : std::optional(std::move(keys));
}

std::optional<Values> find_tag(const std::vector<Tag>& tags, std::string_view key) {
  for (const Tag& tag : tags) {
    if (policy::equal_ignoring_case(tag.key, key)) return Values{tag.value};
  }
  return std::nullopt;
}

std::optional<Values> request_tag(const RequestFacts& facts, std::string_view key) {
  return find_tag(request_tags(facts), key);
}
std::optional<Values> resource_tag(const RequestFacts& facts, std::string_view key) {
  if (facts.tag_of == nullptr) return std::nullopt;
  auto value = (*facts.tag_of)(facts.need.resource, key);
  return value ? std::optional(Values{std::move(*value)}) : std::nullopt;
}
std::optional<Values> principal_tag(const RequestFacts& facts, std::string_view key) {
  const wire::Principal& principal = facts.principal;
  if (principal.kind == Kind::user) {
    const auto user = facts.registry.find_user(principal.account, principal.name);
    return user == nullptr ? std::nullopt : find_tag(user->tags, key);
  }
  const auto role = facts.registry.find_role(principal.account, principal.name);
  return role == nullptr ? std::nullopt : find_tag(role->tags, key);
}

struct KnownKey {
  std::string_view name;
  std::optional<Values> (*value)(const RequestFacts& facts);
};
constexpr auto known_keys = std::to_array<KnownKey>({{"aws:CurrentTime", current_time},
                                                     {"aws:EpochTime", epoch_time},
                                                     {"aws:PrincipalAccount", principal_account},
                                                     {"aws:PrincipalArn", principal_arn},
                                                     {"aws:PrincipalIsAWSService", is_service},
                                                     {"aws:PrincipalServiceName", service_name},
                                                     {"aws:PrincipalType", principal_type},
                                                     {"aws:RequestedRegion", requested_region},
                                                     {"aws:ResourceAccount", resource_account},
                                                     {"aws:SecureTransport", secure_transport},
                                                     {"aws:SourceAccount", source_account},
                                                     {"aws:SourceArn", source_arn},
                                                     {"aws:SourceIp", source_ip},
                                                     {"aws:TagKeys", tag_keys},
                                                     {"aws:TokenIssueTime", token_issue_time},
                                                     {"aws:userid", userid},
                                                     {"aws:username", username},
                                                     {"iam:PassedToService", passed_to_service},
                                                     {"iam:PolicyARN", policy_arn},
                                                     {"states:StateMachineQualifier", machine_qualifier},
                                                     {"sts:ExternalId", external_id},
                                                     {"sts:RoleSessionName", session_name}});

struct KeyFamily {
  std::string_view prefix;
  std::optional<Values> (*value)(const RequestFacts& facts, std::string_view key);
};
constexpr auto families = std::to_array<KeyFamily>({{"aws:PrincipalTag/", principal_tag},
                                                    {"aws:RequestTag/", request_tag},
                                                    {"aws:ResourceTag/", resource_tag},
                                                    {"iam:ResourceTag/", resource_tag}});

}  // namespace

std::optional<Values> RequestContext::find(std::string_view key) const {
  for (const KnownKey& known : known_keys) {
    if (policy::equal_ignoring_case(known.name, key)) return known.value(facts_);
  }
  for (const KeyFamily& family : families) {
    const std::string_view prefix = key.substr(0, family.prefix.size());
    if (policy::equal_ignoring_case(family.prefix, prefix)) return family.value(facts_, key.substr(prefix.size()));
  }
  return std::nullopt;
}

}  // namespace stepwell::iam
