#include "services/iam/decision.h"

#include <array>

#include <fmt/format.h>

namespace stepwell::iam {
namespace {

using policy::Verdict;

void add_managed(const Registry& registry, std::string_view arn, PolicyType type, Grants& grants) {
  const auto policy = registry.find_policy(arn);
  if (policy != nullptr) grants.sources.push_back({std::string(arn), type, policy->current().compiled});
}

// What the documents of one type say.
Verdict verdict_of(const Grants& grants, PolicyType type, const policy::Request& request,
                   std::vector<const Source*>& matched) {
  Verdict verdict = Verdict::implicitly_denied;
  for (const Source& source : grants.sources) {
    if (source.type != type) continue;
    const policy::Finding finding = policy::evaluate(*source.document, request);
    if (finding.verdict == Verdict::implicitly_denied || finding.verdict < verdict) continue;
    if (finding.verdict > verdict) matched.clear();
    verdict = finding.verdict;
    matched.push_back(&source);
  }
  return verdict;
}

struct Words {
  std::string_view with_article;
  std::string_view name;
};
constexpr auto words = std::to_array<Words>({{"an identity-based policy", "identity-based policy"},
                                             {"a permissions boundary", "permissions boundary"},
                                             {"a session policy", "session policy"},
                                             {"a resource-based policy", "resource-based policy"}});

}  // namespace

Grants grants_of(const Registry& registry, const Entity& entity, std::string_view type) {
  Grants grants;
  for (const InlinePolicy& policy : entity.policies) {
    grants.sources.push_back(
        {fmt::format("{}_{}_{}", type, entity.name, policy.name), PolicyType::identity, policy.compiled});
  }
  for (const std::string& arn : entity.attached) add_managed(registry, arn, PolicyType::identity, grants);
  if (!entity.boundary.empty()) {
    grants.has_boundary = true;
    add_managed(registry, entity.boundary, PolicyType::boundary, grants);
  }
  return grants;
}

Grants grants_of(const Registry& registry, const wire::Principal& principal) {
  Grants grants;
  if (principal.kind == wire::Principal::Kind::user) {
    const auto user = registry.find_user(principal.account, principal.name);
    if (user != nullptr && principal.id == user->id) grants = grants_of(registry, *user, "user");
  } else if (principal.kind == wire::Principal::Kind::assumed_role) {
    const auto role = registry.find_role(principal.account, principal.name);
    if (role != nullptr && principal.id.starts_with(role->id)) grants = grants_of(registry, *role, "role");
  }
  const auto* session = dynamic_cast<const SessionPrincipal*>(&principal);
  if (session == nullptr || (session->policy.empty() && session->policies.empty())) return grants;
  grants.has_session = true;
  if (session->compiled != nullptr) grants.sources.push_back({"session", PolicyType::session, session->compiled});
  for (const std::string& arn : session->policies) add_managed(registry, arn, PolicyType::session, grants);
  return grants;
}

Decision decide(const Grants& grants, const policy::Request& request, Grantor grantor) {
  std::array<Verdict, 3> verdicts{};
  std::array<std::vector<const Source*>, 3> matched;
  for (const PolicyType type : {PolicyType::identity, PolicyType::boundary, PolicyType::session}) {
    const auto at = static_cast<std::size_t>(type);
    verdicts[at] = verdict_of(grants, type, request, matched[at]);
    if (verdicts[at] == Verdict::explicitly_denied) return {verdicts[at], type, std::move(matched[at])};
  }
  const std::array applies = {grantor == Grantor::principal, grants.has_boundary, grants.has_session};
  for (std::size_t at = 0; at < applies.size(); ++at) {
    if (applies[at] && verdicts[at] != Verdict::allowed) {
      return {Verdict::implicitly_denied, static_cast<PolicyType>(at), {}};
    }
  }
  return {Verdict::allowed, PolicyType::identity, std::move(matched[0])};
}

std::string reason(const Decision& decision, std::string_view action) {
  const Words& type = words[static_cast<std::size_t>(decision.type)];
  if (decision.verdict == Verdict::explicitly_denied)
    return fmt::format(" with an explicit deny in {}", type.with_article);
  return fmt::format(" because no {} allows the {} action", type.name, action);
}

std::string refusal(std::string_view principal_arn, std::string_view action, std::string_view resource) {
  return fmt::format("User: {} is not authorized to perform: {} on resource: {}", principal_arn, action, resource);
}

}  // namespace stepwell::iam
