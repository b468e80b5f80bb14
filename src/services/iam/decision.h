#pragma once
// What a principal's policies together say of a request (AWS's evaluation logic for one account): a Deny anywhere is
// the end; its own policies have to allow it, and so have its boundary and the policies of its session where there are
// any.

#include "lang/policy/evaluate.h"
#include "services/iam/registry.h"
#include "services/iam/sessions.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::iam {

enum class PolicyType : std::uint8_t { identity, boundary, session, resource };

// A document and where it stands, as SimulatePrincipalPolicy tells it.
struct Source {
  std::string id;  // user_Ada_Policy, or the policy's ARN
  PolicyType type = PolicyType::identity;
  Compiled document;
};

struct Grants {
  std::vector<Source> sources;
  bool has_boundary = false;
  bool has_session = false;
};

// The policies of a user or role. A policy that is attached and gone allows nothing; a boundary that is gone, neither.
Grants grants_of(const Registry& registry, const Entity& entity, std::string_view type);
// The policies of the principal's user or role, and of its session. Nothing where the user or role is gone.
Grants grants_of(const Registry& registry, const wire::Principal& principal);

struct Decision {
  policy::Verdict verdict = policy::Verdict::implicitly_denied;
  PolicyType type = PolicyType::identity;  // that has denied, or has not allowed
  std::vector<const Source*> matched;      // that have decided

  bool allowed() const { return verdict == policy::Verdict::allowed; }
};
// Who gives the permission that boundary and session may take away: the principal's own policies, or the resource's.
enum class Grantor : std::uint8_t { principal, resource };
Decision decide(const Grants& grants, const policy::Request& request, Grantor grantor = Grantor::principal);

// " because no identity-based policy allows the states:StartExecution action" and the like.
std::string reason(const Decision& decision, std::string_view action);

// "User: … is not authorized to perform: … on resource: …"
std::string refusal(std::string_view principal_arn, std::string_view action, std::string_view resource);

}  // namespace stepwell::iam
