#include "lang/policy/evaluate.h"

#include <algorithm>

namespace stepwell::policy {
namespace {

// Some milliseconds. The largest document of AWS against the longest names stays below it by far.
constexpr std::uint64_t max_steps = 2'000'000;

enum class Standing : std::uint8_t { none, account, direct };

bool is_account(std::string_view principal, std::string_view account) {
  if (account.empty()) return false;
  if (principal == account) return true;
  return principal.starts_with("arn:") && principal.ends_with(":root") &&
         principal.substr(0, principal.size() - 5).ends_with(account) && principal.contains(":iam::");
}

Standing standing_in(const PrincipalEntry& entry, const Actor& actor) {
  using Kind = PrincipalEntry::Kind;
  switch (entry.kind) {
    case Kind::everyone: return Standing::direct;
    case Kind::service: return entry.value == actor.service ? Standing::direct : Standing::none;
    case Kind::other: return Standing::none;
    case Kind::aws: break;
  }
  if (entry.value == actor.arn || (!actor.role.empty() && entry.value == actor.role)) return Standing::direct;
  if (!actor.id.empty() && entry.value == actor.id) return Standing::direct;
  return is_account(entry.value, actor.account) ? Standing::account : Standing::none;
}

Standing standing_of(const Statement& statement, const Actor& actor) {
  if (statement.principal_scope == Scope::absent) return Standing::direct;
  Standing standing = Standing::none;
  for (const PrincipalEntry& entry : statement.principals) standing = std::max(standing, standing_in(entry, actor));
  if (statement.principal_scope == Scope::these) return standing;
  return standing == Standing::none ? Standing::direct : Standing::none;
}

bool in_scope(Scope scope, const std::vector<Pattern>& patterns, std::string_view text, Case letters,
              const Context& context, Budget& budget) {
  if (scope == Scope::absent) return true;
  const auto fits = [&](const Pattern& pattern) { return pattern.matches(text, letters, context, budget); };
  return std::ranges::any_of(patterns, fits) == (scope == Scope::these);
}

bool fits(const Statement& statement, const Request& request, Budget& budget) {
  return in_scope(statement.action_scope, statement.actions, request.action, Case::ignored, request.context, budget) &&
         in_scope(statement.resource_scope, statement.resources, request.resource, Case::sensitive, request.context,
                  budget) &&
         std::ranges::all_of(statement.conditions,
                             [&](const Condition& condition) { return condition.holds(request.context, budget); });
}

}  // namespace

Finding evaluate(const Document& document, const Request& request) {
  Budget budget(max_steps);
  Finding finding;
  for (const Statement& statement : document.statements) {
    if (!budget.spend(1)) break;
    const Standing standing = standing_of(statement, request.actor);
    if (standing == Standing::none || !fits(statement, request, budget)) continue;
    if (statement.effect == Effect::deny) return {Verdict::explicitly_denied, &statement, false};
    const bool by_account = standing == Standing::account;
    if (finding.verdict == Verdict::allowed && (by_account || !finding.by_account)) continue;
    finding = {Verdict::allowed, &statement, by_account};
  }
  if (budget.left() == 0) return {Verdict::explicitly_denied, nullptr, false};
  return finding;
}

}  // namespace stepwell::policy
