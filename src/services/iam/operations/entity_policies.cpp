// Policies of users and roles: those that are part of them, and those that are attached.

#include "services/iam/operations/support.h"

#include <algorithm>

namespace stepwell::iam {
namespace {

constexpr std::size_t max_attached = 10;

}  // namespace

Result<void> put_inline(const wire::Call& call, Entity& entity, std::string_view holder, std::size_t limit) {
  InlinePolicy policy{.name = std::string(call.text("PolicyName")),
                      .document = std::string(call.text("PolicyDocument")),
                      .compiled = nullptr};
  TRY_ASSIGN(policy.compiled, compile(policy.document, policy::DocumentKind::identity, limit, "PolicySize"));
  const auto place = std::ranges::lower_bound(entity.policies, policy.name, {}, &InlinePolicy::name);
  if (place != entity.policies.end() && place->name == policy.name) {
    *place = std::move(policy);
  } else {
    entity.policies.insert(place, std::move(policy));
  }
  std::size_t size = 0;
  for (const InlinePolicy& one : entity.policies) size += one.document.size();
  if (size <= limit) return {};
  return fail(errors::limit_exceeded(
      fmt::format("Maximum policy size of {} bytes exceeded for {} {}", limit, holder, entity.name)));
}

Result<json::Value> show_inline(wire::Call& call, const Entity& entity, std::string_view holder) {
  const auto found = std::ranges::find(entity.policies, call.text("PolicyName"), &InlinePolicy::name);
  if (found == entity.policies.end()) {
    return fail(errors::no_such_inline_policy(holder, call.text("PolicyName")));
  }
  return json::ObjectBuilder(call.arena)
      .add(holder == "user" ? "UserName" : "RoleName", entity.name)
      .add("PolicyName", found->name)
      .add("PolicyDocument", show_document(found->document))
      .build();
}

Result<void> remove_inline(const wire::Call& call, Entity& entity, std::string_view holder) {
  const auto found = std::ranges::find(entity.policies, call.text("PolicyName"), &InlinePolicy::name);
  if (found == entity.policies.end()) {
    return fail(errors::no_such_inline_policy(holder, call.text("PolicyName")));
  }
  entity.policies.erase(found);
  return {};
}

Result<json::Value> list_inline(wire::Call& call, const Entity& entity) {
  std::vector<Item> items;
  for (const InlinePolicy& policy : entity.policies) {
    items.push_back({policy.name, [&policy](json::Arena& arena) { return json::make_string(arena, policy.name); }});
  }
  return list(call, "PolicyNames", items);
}

Result<void> attach_policy(const Iam& iam, const wire::Call& call, Entity& entity, std::string_view holder) {
  const std::string arn(call.text("PolicyArn"));
  const auto policy = iam.registry.find_policy(arn);
  if (policy == nullptr || (policy->account != "aws" && policy->account != entity.account)) {
    return fail(errors::not_attachable(arn));
  }
  if (std::ranges::find(entity.attached, arn) != entity.attached.end()) return {};
  if (entity.attached.size() >= max_attached) {
    return fail(errors::quota_exceeded(holder == "user" ? "PoliciesPerUser" : "PoliciesPerRole", max_attached));
  }
  entity.attached.push_back(arn);
  return {};
}

Result<void> detach_policy(const wire::Call& call, Entity& entity) {
  const auto found = std::ranges::find(entity.attached, call.text("PolicyArn"));
  if (found == entity.attached.end()) return fail(errors::no_such_policy(call.text("PolicyArn")));
  entity.attached.erase(found);
  return {};
}

Result<json::Value> list_attached(Iam& iam, wire::Call& call, const Entity& entity) {
  std::vector<Item> items;
  for (const std::string& arn : entity.attached) {
    const auto policy = iam.registry.find_policy(arn);
    if (policy == nullptr || !policy->path.starts_with(call.optional_text("PathPrefix").value_or("/"))) continue;
    items.push_back({arn, [policy, arn](json::Arena& arena) {
                       return json::ObjectBuilder(arena).add("PolicyName", policy->name).add("PolicyArn", arn).build();
                     }});
  }
  std::ranges::sort(items, {}, &Item::key);
  return list(call, "AttachedPolicies", items);
}

}  // namespace stepwell::iam
