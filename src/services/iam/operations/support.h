#pragma once
// What several operations do in the same way.

#include "crypto/hash.h"
#include "lang/json/build.h"
#include "lang/policy/parse.h"
#include "services/iam/errors.h"
#include "services/iam/iam.h"
#include "services/iam/records.h"
#include "wire/call.h"

#include <algorithm>
#include <functional>
#include <ranges>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::iam {

inline wire::Reply reply_with(json::Value output) {
  wire::Reply reply;
  reply.output = output;
  return reply;
}
inline wire::Reply reply_with(wire::Call& call, std::string_view member, json::Value value) {
  return reply_with(json::ObjectBuilder(call.arena).add(member, value).build());
}
inline wire::Reply reply_with_nothing(wire::Call& call) { return reply_with(json::ObjectBuilder(call.arena).build()); }

// What UserName, RoleName and PolicyArn name. Where an operation lets UserName away, it is the caller. Error
// NoSuchEntityException.
Result<Registry::UserPtr> find_user(Iam& iam, const wire::Call& call);
Result<Registry::RolePtr> find_role(Iam& iam, const wire::Call& call);
Result<Registry::PolicyPtr> find_policy(Iam& iam, const wire::Call& call);
// The same, of the customer's own. Error AccessDenied for those of AWS.
Result<Registry::PolicyPtr> find_own_policy(Iam& iam, const wire::Call& call);
// The name that UserName gives, or the caller's. Error ValidationError where that is no user.
Result<std::string> user_name(const wire::Call& call);

json::Value date(json::Arena& arena, Timestamp time);
json::Value show(json::Arena& arena, const User& user);
json::Value show(json::Arena& arena, const Role& role);
json::Value show(json::Arena& arena, const Iam& iam, const ManagedPolicy& policy);
json::Value show(json::Arena& arena, const ManagedPolicy& policy, const PolicyVersion& version);
json::Value show_tags(json::Arena& arena, const std::vector<Tag>& tags);
// As IAM writes documents into its answers: percent-encoded.
std::string show_document(std::string_view document);

// Tags of the call: added, and taken away. Errors InvalidInputException, LimitExceededException.
Result<void> add_tags(const wire::Call& call, std::vector<Tag>& tags);
void remove_tags(const wire::Call& call, std::vector<Tag>& tags);

// A document of the call, compiled. Errors MalformedPolicyDocumentException, LimitExceededException where it has more
// than `limit` characters that are not white space; `quota` is what AWS calls that.
Result<Compiled> compile(std::string_view document, policy::DocumentKind kind, std::size_t limit,
                         std::string_view quota);

inline constexpr std::size_t max_trust = 4'096;   // AWS: 2,048, and 4,096 on request
inline constexpr std::size_t max_policy = 6'144;  // of a policy that stands by itself

std::vector<PolicyVersion>::const_iterator find_version(const ManagedPolicy& policy, std::string_view id);

// Inline policies of users ("user") and roles ("role").
Result<void> put_inline(const wire::Call& call, Entity& entity, std::string_view holder, std::size_t limit);
Result<json::Value> show_inline(wire::Call& call, const Entity& entity, std::string_view holder);
Result<void> remove_inline(const wire::Call& call, Entity& entity, std::string_view holder);
Result<json::Value> list_inline(wire::Call& call, const Entity& entity);
// Policies that are attached to them.
Result<void> attach_policy(const Iam& iam, const wire::Call& call, Entity& entity, std::string_view holder);
Result<void> detach_policy(const wire::Call& call, Entity& entity);
Result<json::Value> list_attached(Iam& iam, wire::Call& call, const Entity& entity);
// Whether nothing of the entity is left that has to be taken away before it. Error DeleteConflictException.
Result<void> check_is_bare(const Entity& entity);
// PermissionsBoundary of the call. Error NoSuchEntityException.
Result<std::string> boundary_of(const Iam& iam, const wire::Call& call);

// A page of a listing (Marker, MaxItems): the items behind the marker, in the order of their keys, below `member`.
struct Item {
  std::string key;
  std::function<json::Value(json::Arena&)> show;
};
Result<json::Value> list(wire::Call& call, std::string_view member, const std::vector<Item>& items);
// The tags of a user or role, likewise.
Result<json::Value> list_tags(wire::Call& call, const std::vector<Tag>& tags);

}  // namespace stepwell::iam
