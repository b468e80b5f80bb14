#include "services/iam/operations/support.h"

#include "wire/percent.h"

#include <algorithm>

namespace stepwell::iam {
namespace {

constexpr std::int64_t usual_page = 100;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

void add_boundary(json::ObjectBuilder& shown, json::Arena& arena, const Entity& entity) {
  if (entity.boundary.empty()) return;
  shown.add("PermissionsBoundary", json::ObjectBuilder(arena)
                                       .add("PermissionsBoundaryType", "Policy")
                                       .add("PermissionsBoundaryArn", entity.boundary)
                                       .build());
}

}  // namespace

Result<std::string> user_name(const wire::Call& call) {
  if (call.has("UserName")) return std::string(call.text("UserName"));
  const wire::Principal* principal = call.caller.principal.get();
  if (principal != nullptr && principal->kind == wire::Principal::Kind::user) return principal->name;
  return fail(errors::validation("Must specify userName when calling with non-User credentials"));
}

Result<Registry::UserPtr> find_user(Iam& iam, const wire::Call& call) {
  TRY_ASSIGN(const std::string name, user_name(call));
  auto user = iam.registry.find_user(call.caller.account, name);
  if (user == nullptr) return fail(errors::no_such_user(name));
  return user;
}

Result<Registry::RolePtr> find_role(Iam& iam, const wire::Call& call) {
  auto role = iam.registry.find_role(call.caller.account, call.text("RoleName"));
  if (role == nullptr) return fail(errors::no_such_role(call.text("RoleName")));
  return role;
}

Result<Registry::PolicyPtr> find_policy(Iam& iam, const wire::Call& call) {
  auto policy = iam.registry.find_policy(call.text("PolicyArn"));
  const bool visible = policy != nullptr && (policy->account == "aws" || policy->account == call.caller.account);
  if (!visible) return fail(errors::no_such_policy(call.text("PolicyArn")));
  return policy;
}

Result<Registry::PolicyPtr> find_own_policy(Iam& iam, const wire::Call& call) {
  TRY_ASSIGN(auto policy, find_policy(iam, call));
  if (policy->account == "aws") return fail(errors::not_of_the_customer());
  return policy;
}

json::Value date(json::Arena& arena, Timestamp time) {
  const auto whole = std::chrono::floor<std::chrono::seconds>(time);
  return wire::epoch_seconds(arena, std::chrono::duration_cast<Duration>(whole.time_since_epoch()).count());
}

json::Value show_tags(json::Arena& arena, const std::vector<Tag>& tags) {
  std::vector<json::Value> shown;
  for (const Tag& tag : tags) {
    shown.push_back(json::ObjectBuilder(arena).add("Key", tag.key).add("Value", tag.value).build());
  }
  return json::make_array(arena, shown);
}

std::string show_document(std::string_view document) { return wire::percent_encode(document); }

json::Value show(json::Arena& arena, const User& user) {
  json::ObjectBuilder shown(arena);
  shown.add("Path", user.path).add("UserName", user.name).add("UserId", user.id).add("Arn", user.arn());
  shown.add("CreateDate", date(arena, user.created));
  add_boundary(shown, arena, user);
  if (!user.tags.empty()) shown.add("Tags", show_tags(arena, user.tags));
  return shown.build();
}

json::Value show(json::Arena& arena, const Role& role) {
  json::ObjectBuilder shown(arena);
  shown.add("Path", role.path).add("RoleName", role.name).add("RoleId", role.id).add("Arn", role.arn());
  shown.add("CreateDate", date(arena, role.created));
  shown.add("AssumeRolePolicyDocument", show_document(role.trust));
  if (!role.description.empty()) shown.add("Description", role.description);
  shown.add("MaxSessionDuration", static_cast<std::int64_t>(role.max_session_seconds));
  add_boundary(shown, arena, role);
  if (!role.tags.empty()) shown.add("Tags", show_tags(arena, role.tags));
  return shown.build();
}

json::Value show(json::Arena& arena, const Iam& iam, const ManagedPolicy& policy) {
  const std::string arn = policy.arn();
  json::ObjectBuilder shown(arena);
  shown.add("PolicyName", policy.name).add("PolicyId", policy.id).add("Arn", arn).add("Path", policy.path);
  shown.add("DefaultVersionId", policy.current().id());
  shown.add("AttachmentCount", static_cast<std::int64_t>(iam.registry.attachments(arn)));
  shown.add("PermissionsBoundaryUsageCount", static_cast<std::int64_t>(iam.registry.bounded_by(arn)));
  shown.add("IsAttachable", true);
  if (!policy.description.empty()) shown.add("Description", policy.description);
  shown.add("CreateDate", date(arena, policy.created)).add("UpdateDate", date(arena, policy.updated));
  if (!policy.tags.empty()) shown.add("Tags", show_tags(arena, policy.tags));
  return shown.build();
}

json::Value show(json::Arena& arena, const ManagedPolicy& policy, const PolicyVersion& version) {
  return json::ObjectBuilder(arena)
      .add("VersionId", version.id())
      .add("IsDefaultVersion", version.number == policy.default_version)
      .add("CreateDate", date(arena, version.created))
      .build();
}

Result<Compiled> compile(std::string_view document, policy::DocumentKind kind, std::size_t limit,
                         std::string_view quota) {
  const auto size = static_cast<std::size_t>(std::ranges::count_if(document, std::not_fn(is_space)));
  if (size > limit) return fail(errors::quota_exceeded(quota, limit));
  TRY_ASSIGN(auto parsed, policy::parse(document, kind));
  return std::make_shared<const policy::Document>(std::move(parsed));
}

std::vector<PolicyVersion>::const_iterator find_version(const ManagedPolicy& policy, std::string_view id) {
  return std::ranges::find_if(policy.versions, [id](const PolicyVersion& version) { return version.id() == id; });
}

Result<std::string> boundary_of(const Iam& iam, const wire::Call& call) {
  const std::string_view arn = call.text("PermissionsBoundary");
  if (!arn.empty() && iam.registry.find_policy(arn) == nullptr) return fail(errors::no_such_boundary(arn));
  return std::string(arn);
}

Result<void> check_is_bare(const Entity& entity) {
  if (!entity.attached.empty()) {
    return fail(errors::delete_conflict("Cannot delete entity, must detach all policies first."));
  }
  if (!entity.policies.empty()) {
    return fail(errors::delete_conflict("Cannot delete entity, must delete policies first."));
  }
  return {};
}

Result<json::Value> list(wire::Call& call, std::string_view member, const std::vector<Item>& items) {
  std::string after;
  if (call.has("Marker")) {
    const auto marker = crypto::base64url_decode(call.text("Marker"));
    if (!marker) return fail(errors::validation(fmt::format("Invalid Marker: {}", call.text("Marker"))));
    after = *marker;
  }
  const auto limit = static_cast<std::size_t>(call.integer("MaxItems").value_or(usual_page));
  std::vector<json::Value> shown;
  std::string_view last;
  bool more = false;
  for (const Item& item : items) {
    if (!after.empty() && item.key <= after) continue;
    if (shown.size() == limit) {
      more = true;
      break;
    }
    shown.push_back(item.show(call.arena));
    last = item.key;
  }
  json::ObjectBuilder output(call.arena);
  output.add(member, json::make_array(call.arena, shown)).add("IsTruncated", more);
  if (more) output.add("Marker", crypto::base64url_encode(last));
  return output.build();
}

Result<json::Value> list_tags(wire::Call& call, const std::vector<Tag>& tags) {
  std::vector<Item> items;
  for (const Tag& tag : tags) {
    items.push_back({tag.key, [&tag](json::Arena& arena) {
                       return json::ObjectBuilder(arena).add("Key", tag.key).add("Value", tag.value).build();
                     }});
  }
  std::ranges::sort(items, {}, &Item::key);
  return list(call, "Tags", items);
}

}  // namespace stepwell::iam
