#pragma once
// A policy of AWS Identity and Access Management, read once: who (Principal) may do or may not do (Effect) what
// (Action) to which things (Resource) under which conditions.

#include "lang/policy/condition.h"
#include "lang/policy/pattern.h"

#include <cstdint>
#include <string>
#include <vector>

namespace stepwell::policy {

enum class Effect : std::uint8_t { allow, deny };
// What a list says: these (Action), all but these (NotAction), or nothing, since it is not there.
enum class Scope : std::uint8_t { absent, these, all_but_these };

struct PrincipalEntry {
  enum class Kind : std::uint8_t { everyone, aws, service, other } kind;
  std::string value;  // ARN, account, name of a service
};

struct Statement {
  std::string sid;
  Effect effect = Effect::deny;
  Scope principal_scope = Scope::absent;
  std::vector<PrincipalEntry> principals;
  Scope action_scope = Scope::absent;
  std::vector<Pattern> actions;
  Scope resource_scope = Scope::absent;
  std::vector<Pattern> resources;
  std::vector<Condition> conditions;  // all of them have to hold
};

struct Document {
  std::vector<Statement> statements;
};

}  // namespace stepwell::policy
