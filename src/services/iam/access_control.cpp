#include "services/iam/access_control.h"

#include "lang/policy/parse.h"
#include "services/iam/decision.h"
#include "services/iam/key_ids.h"
#include "services/iam/records.h"
#include "services/iam/request_context.h"
#include "wire/arn.h"

#include <fmt/format.h>

namespace stepwell::iam {
namespace {

using directory::Identity;
using directory::Need;
using directory::PrincipalPtr;
using directory::RoleRequest;
using policy::Verdict;
using Kind = wire::Principal::Kind;

constexpr std::string_view assume_role = "sts:AssumeRole";
constexpr std::size_t max_known = 4'096;

Error denied(std::string message, std::string detail = {}) {
  return {.code = "AccessDenied", .message = std::move(message), .detail = std::move(detail), .status = 403};
}

PrincipalPtr principal_of(const User& user) {
  auto principal = std::make_shared<wire::Principal>();
  principal->kind = Kind::user;
  principal->account = user.account;
  principal->name = user.name;
  principal->arn = user.arn();
  principal->id = user.id;
  return principal;
}

Result<PrincipalPtr> session_of(const Role& role, const RoleRequest& request, Timestamp now) {
  auto session = std::make_shared<SessionPrincipal>();
  session->kind = Kind::assumed_role;
  session->account = role.account;
  session->name = role.name;
  session->arn = fmt::format("arn:aws:sts::{}:assumed-role/{}/{}", role.account, role.name, request.session_name);
  session->id = fmt::format("{}:{}", role.id, request.session_name);
  session->role_arn = role.arn();
  session->issued = now;
  session->policies = request.policies;
  session->policy = request.policy;
  if (!request.policy.empty()) {
    TRY_ASSIGN(auto document, policy::parse(request.policy, policy::DocumentKind::identity));
    session->compiled = std::make_shared<const policy::Document>(std::move(document));
  }
  return session;
}

policy::Actor actor_of(const wire::Principal& principal) {
  if (principal.kind == Kind::service) return {.service = principal.name};
  const std::string_view id = principal.id;
  return {.arn = principal.arn,
          .role = principal.role_arn,
          .account = principal.account,
          .service = {},
          .id = id.substr(0, id.find(':'))};
}

// What names no account is the caller's own.
bool is_of_account(std::string_view resource, std::string_view account) {
  const auto arn = wire::Arn::parse(resource);
  return !arn || arn->account.empty() || arn->account == "aws" || arn->account == account;
}

}  // namespace

PrincipalPtr root_of(std::string_view account) {
  auto root = std::make_shared<wire::Principal>();
  root->account = root->id = account;
  root->arn = fmt::format("arn:aws:iam::{}:root", account);
  return root;
}

Access::Access(Registry& registry, Clock& clock, const std::vector<RootKey>& root_keys,
               directory::Enforcement enforcement)
    : AccessControl(enforcement), registry_(registry), clock_(clock), sessions_(registry.sealer()) {
  for (const RootKey& key : root_keys) roots_.emplace(key.id, Identity{root_of(key.account), key.secret});
}

Result<Identity> Access::identify(std::string_view access_key, std::string_view session_token) {
  if (const auto root = roots_.find(access_key); root != roots_.end()) return root->second;
  if (access_key.starts_with(temporary_key)) return identify_session(access_key, session_token);
  const auto key = registry_.find_key(access_key);
  if (key == nullptr || !key->active || !session_token.empty()) return fail(invalid_token());
  const auto user = registry_.find_user(key->account, key->user);
  if (user == nullptr) return fail(invalid_token());
  auto known = known_.find(access_key);
  if (known == known_.end() || known->second.user != user) {
    if (known_.size() >= max_known) known_.clear();
    known = known_.insert_or_assign(std::string(access_key), Known{user, principal_of(*user)}).first;
  }
  return Identity{known->second.principal, key->secret};
}

Result<Identity> Access::identify_session(std::string_view access_key, std::string_view token) {
  TRY_ASSIGN(const Session session, sessions_.open(access_key, token, clock_.now()));
  if (!still_there(*session.principal)) return fail(invalid_token());
  return Identity{session.principal, session.secret};
}

// A user or role that is made again under the same name is another one.
bool Access::still_there(const wire::Principal& principal) const {
  if (principal.kind == Kind::root) return true;
  if (principal.kind == Kind::user) {
    const auto user = registry_.find_user(principal.account, principal.name);
    return user != nullptr && user->id == principal.id;
  }
  const auto role = registry_.find_role(principal.account, principal.name);
  return role != nullptr && principal.id.starts_with(role->id + ":");
}

Result<void> Access::authorize(const wire::Call& call, const Need& need, const directory::TagLookup& tag_of) {
  const wire::Principal& principal = *call.caller.principal;
  const bool is_service = principal.kind == Kind::service;
  const bool is_own = !is_service && is_of_account(need.resource, principal.account);
  // Nobody can shut the owner's root out.
  if (principal.kind == Kind::root && is_own) return {};
  if (is_service && !need.policy) return {};
  const RequestContext context({.registry = registry_,
                                .clock = clock_,
                                .caller = call.caller,
                                .principal = principal,
                                .need = need,
                                .call = &call,
                                .tag_of = &tag_of});
  const policy::Request asked{
      .action = need.action, .resource = need.resource, .context = context, .actor = actor_of(principal)};
  const Decision decision = weigh(principal, is_own, resource_policies_.ask(need, asked), asked);
  if (decision.allowed()) return {};
  return fail(denied(refusal(principal.arn, need.action, need.resource) + reason(decision, need.action)));
}

// Within an account either side may allow, across accounts both have to; AWS services have no policies of their own.
Decision Access::weigh(const wire::Principal& principal, bool is_own, const policy::Finding& theirs,
                       const policy::Request& asked) const {
  const bool is_allowed = theirs.verdict == Verdict::allowed;
  const bool is_enough = principal.kind == Kind::service || principal.kind == Kind::root;
  if (theirs.verdict == Verdict::explicitly_denied || (!is_own && (!is_allowed || is_enough))) {
    return {.verdict = theirs.verdict, .type = PolicyType::resource, .matched = {}};
  }
  const bool is_granted = is_own && is_allowed && !theirs.by_account;
  Grants grants = grants_of(registry_, principal);
  // A user whom the resource's policy names is not held by a boundary that says nothing.
  if (is_granted && principal.kind == Kind::user) grants.has_boundary = grants.has_session = false;
  const Decision own = decide(grants, asked, is_granted ? Grantor::resource : Grantor::principal);
  return {.verdict = own.verdict, .type = own.type, .matched = {}};
}

// AWS tells a caller who may not assume a role nothing more, not even that there is none.
Result<void> Access::check_trust(const Role* role, const wire::Caller& caller, const RoleRequest& request) const {
  const wire::Principal& principal = *caller.principal;
  if (principal.kind == Kind::root) return fail(denied("Roles may not be assumed by root accounts."));
  const std::string message = refusal(principal.arn, assume_role, request.role_arn);
  if (role == nullptr) return fail(denied(message));
  const Need need{.action = std::string(assume_role), .resource = request.role_arn};
  const RequestContext context({.registry = registry_,
                                .clock = clock_,
                                .caller = caller,
                                .principal = principal,
                                .need = need,
                                .assumed = &request});
  const policy::Request asked{
      .action = assume_role, .resource = request.role_arn, .context = context, .actor = actor_of(principal)};
  const policy::Finding trust = policy::evaluate(*role->compiled_trust, asked);
  if (trust.verdict != Verdict::allowed) {
    return fail(denied(message, trust.verdict == Verdict::explicitly_denied
                                    ? "The role's trust policy denies it explicitly."
                                    : "The role's trust policy does not allow it."));
  }
  // A trust that names somebody of the same account is enough; otherwise their own policies have to allow it too.
  const Decision own = decide(grants_of(registry_, principal), asked);
  const bool enough = !trust.by_account && role->account == principal.account &&
                      own.verdict == Verdict::implicitly_denied && own.type == PolicyType::identity;
  if (own.allowed() || enough) return {};
  return fail(denied(message + (role->account == principal.account ? reason(own, assume_role) : "")));
}

Result<PrincipalPtr> Access::assume(const wire::Caller& caller, const RoleRequest& request) {
  const auto role = registry_.find_role(request.role_arn);
  if (enforces() && caller.principal != nullptr) {
    TRY(check_trust(role.get(), caller, request));
  } else if (role == nullptr) {
    return fail(denied(refusal(root_of(caller.account)->arn, assume_role, request.role_arn), "There is no such role."));
  }
  return session_of(*role, request, clock_.now());
}

Result<PrincipalPtr> Access::assume_for(std::string_view service, const RoleRequest& request) {
  const auto role = registry_.find_role(request.role_arn);
  if (role == nullptr) {
    return fail(denied(refusal(service, assume_role, request.role_arn), "There is no such role."));
  }
  const wire::Caller nobody;
  const wire::Principal none;
  const Need need{.action = std::string(assume_role), .resource = request.role_arn};
  const RequestContext context(
      {.registry = registry_, .clock = clock_, .caller = nobody, .principal = none, .need = need, .assumed = &request});
  const policy::Finding trust = policy::evaluate(
      *role->compiled_trust,
      {.action = assume_role, .resource = request.role_arn, .context = context, .actor = {.service = service}});
  if (trust.verdict != Verdict::allowed) {
    return fail(denied(refusal(service, assume_role, request.role_arn), "The role's trust policy does not allow it."));
  }
  return session_of(*role, request, clock_.now());
}

directory::Credentials Access::issue(const wire::Principal& principal, Duration duration) {
  return sessions_.issue(principal, clock_.now(), duration);
}

Duration Access::longest_session(std::string_view role_arn) const {
  const auto role = registry_.find_role(role_arn);
  return std::chrono::seconds(role == nullptr ? 3'600 : role->max_session_seconds);
}

Result<std::string> Access::account_of(std::string_view access_key) const {
  if (const auto root = roots_.find(access_key); root != roots_.end()) return root->second.principal->account;
  if (const auto key = registry_.find_key(access_key)) return key->account;
  const auto account = access_key.starts_with(temporary_key) ? account_in(access_key) : std::nullopt;
  if (account) return *account;
  return fail(Error{.code = "ValidationError", .message = "Access Key is not valid.", .detail = {}});
}

void Access::used(std::string_view access_key, std::string_view service, std::string_view region) {
  if (!access_key.starts_with(permanent_key)) return;
  if (uses_.size() >= max_known && !uses_.contains(access_key)) return;
  LastUse& use = uses_[std::string(access_key)];
  use.at = clock_.now();
  use.service = service;
  use.region = region;
}

const LastUse* Access::last_use(std::string_view access_key) const {
  const auto found = uses_.find(access_key);
  return found == uses_.end() ? nullptr : &found->second;
}

}  // namespace stepwell::iam
