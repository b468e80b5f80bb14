#pragma once
// One line of a Condition block: an operator, a key of the request's context, the values that it is compared with.
//
// Several values are alternatives; operators with Not hold when none of them fits. A key that the request does not have
// fits nothing, so that only the Not operators (and …IfExists, and ForAllValues) hold.

#include "base/budget.h"
#include "lang/policy/pattern.h"
#include "lang/policy/tests.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::policy {

enum class ValueKind : std::uint8_t { address, arn, binary, boolean, date, number, text };
enum class Sense : std::uint8_t { any, not_any };

struct ConditionOperator {
  std::string_view name;
  ValueKind kind;
  Sense sense;
  Test test;  // nullptr: Null, which looks only whether the key is there
};

struct Condition {
  enum class Quantifier : std::uint8_t { none, all, any };

  const ConditionOperator* operation = nullptr;
  Quantifier quantifier = Quantifier::none;  // ForAllValues:, ForAnyValue:
  bool if_exists = false;
  std::string key;
  std::vector<Pattern> values;

  bool holds(const Context& context, Budget& budget) const;
};

// What "ForAllValues:StringLikeIfExists" says, without key and values; nullopt: there is no such operator.
std::optional<Condition> read_operator(std::string_view text);

}  // namespace stepwell::policy
