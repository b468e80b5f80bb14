// Choice (spec §1.6).
#include "base/check.h"
#include "lang/json/print.h"
#include "reference.h"

#include <fmt/format.h>

namespace stepwell::differential {

namespace {

// `*` stands for any text, `\*` for itself.
bool matches(std::string_view text, std::string_view pattern) {
  if (pattern.empty()) return text.empty();
  if (pattern.front() == '*') {
    for (std::size_t skipped = 0; skipped <= text.size(); ++skipped) {
      if (matches(text.substr(skipped), pattern.substr(1))) return true;
    }
    return false;
  }
  if (pattern.front() == '\\' && pattern.size() > 1 && (pattern[1] == '*' || pattern[1] == '\\')) {
    pattern.remove_prefix(1);
  }
  return !text.empty() && text.front() == pattern.front() && matches(text.substr(1), pattern.substr(1));
}

template <typename T>
bool compares(std::string_view how, const T& a, const T& b) {
  if (how == "Equals") return a == b;
  if (how == "LessThan") return a < b;
  if (how == "GreaterThan") return b < a;
  if (how == "LessThanEquals") return !(b < a);
  if (how == "GreaterThanEquals") return !(a < b);
  CHECK(false);
}

}  // namespace

Reference::Exit Reference::choice(Thread& thread, const Value& state) {
  const Value input = effective_input(thread, state);
  const auto rules = state.find("Choices")->elements();
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (!rule_holds(thread, state, rules[i], i, input)) continue;
    return leave(thread, state, rules[i], input, "", fmt::format("Choices[{}]/", i),
                 std::string(rules[i].find("Next")->as_string()));
  }
  if (const Value* otherwise = state.find("Default")) {
    return leave(thread, state, state, input, "", "", std::string(otherwise->as_string()));
  }
  throw runtime_failure("Failed to transition out of the state. The state does not point to a next state.");
}

bool Reference::condition(Thread& thread, const Value& rule, const Value& input) {
  if (const Value* all = rule.find("And")) {
    for (const Value& part : all->elements()) {
      if (!condition(thread, part, input)) return false;
    }
    return true;
  }
  if (const Value* any = rule.find("Or")) {
    for (const Value& part : any->elements()) {
      if (condition(thread, part, input)) return true;
    }
    return false;
  }
  if (const Value* part = rule.find("Not")) return !condition(thread, *part, input);

  const std::string_view path = rule.find("Variable")->as_string();
  const auto value_at = [&](std::string_view where) {
    if (const auto value = find(thread, where, input, PastEnd::nothing)) return *value;
    throw runtime_failure(
        fmt::format("Invalid path '{}': The choice state's condition path references an invalid value.", where));
  };
  for (const json::Member& member : rule.members()) {
    std::string_view name = member.key;
    if (name == "Variable" || name == "Next" || name == "Comment" || name == "Assign") continue;
    if (name == "IsPresent") {
      return find(thread, path, input, PastEnd::nothing).has_value() == member.value.as_boolean();
    }
    const Value variable = value_at(path);
    if (!name.ends_with("Path")) return compare(thread, name, variable, member.value);
    name.remove_suffix(4);
    return compare(thread, name, variable, value_at(member.value.as_string()));
  }
  CHECK(false);
}

// A value of another type than the operator's is no match, never a failure.
bool Reference::compare(Thread&, std::string_view name, const Value& variable, const Value& operand) {
  if (name == "IsNull") return variable.is_null() == operand.as_boolean();
  if (name == "IsNumeric") return variable.is_number() == operand.as_boolean();
  if (name == "IsString") return variable.is_string() == operand.as_boolean();
  if (name == "IsBoolean") return variable.is_boolean() == operand.as_boolean();
  const auto time_of = [](const Value& value) {
    return value.is_string() ? parse_rfc3339(value.as_string()) : std::nullopt;
  };
  if (name == "IsTimestamp") return time_of(variable).has_value() == operand.as_boolean();
  if (name == "BooleanEquals") {
    return variable.is_boolean() && operand.is_boolean() && variable.as_boolean() == operand.as_boolean();
  }
  const auto strings = variable.is_string() && operand.is_string();
  if (name == "StringMatches") return strings && matches(variable.as_string(), operand.as_string());
  if (name.starts_with("String")) return strings && compares(name.substr(6), variable.as_string(), operand.as_string());
  if (name.starts_with("Numeric")) {
    return variable.is_number() && operand.is_number() &&
           compares(name.substr(7), variable.as_double(), operand.as_double());
  }
  CHECK(name.starts_with("Timestamp"));
  const auto a = time_of(variable);
  const auto b = time_of(operand);
  return a && b && compares(name.substr(9), *a, *b);
}

}  // namespace stepwell::differential
