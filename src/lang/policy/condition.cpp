#include "lang/policy/condition.h"

#include <algorithm>
#include <array>

namespace stepwell::policy {
namespace {

constexpr auto operators = std::to_array<ConditionOperator>({
#define CONDITION(name, kind, sense, test) {#name, ValueKind::kind, Sense::sense, test},
#include "lang/policy/conditions.def"
#undef CONDITION
    {"Null", ValueKind::boolean, Sense::any, nullptr},
});

bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

}  // namespace

std::optional<Condition> read_operator(std::string_view text) {
  Condition condition;
  if (take(text, "ForAllValues:")) {
    condition.quantifier = Condition::Quantifier::all;
  } else if (take(text, "ForAnyValue:")) {
    condition.quantifier = Condition::Quantifier::any;
  }
  constexpr std::string_view suffix = "IfExists";
  if (text.ends_with(suffix)) {
    condition.if_exists = true;
    text.remove_suffix(suffix.size());
  }
  const auto found = std::ranges::find(operators, text, &ConditionOperator::name);
  if (found == operators.end()) return std::nullopt;
  condition.operation = &*found;
  const bool is_null = found->test == nullptr;
  if (is_null && (condition.if_exists || condition.quantifier != Condition::Quantifier::none)) return std::nullopt;
  return condition;
}

bool Condition::holds(const Context& context, Budget& budget) const {
  const auto actual = context.find(key);
  const bool is_there = actual && !actual->empty();
  if (operation->test == nullptr) {
    const auto fits = [is_there](const Pattern& value) {
      return equal_ignoring_case(value.text(), is_there ? "false" : "true");
    };
    return std::ranges::any_of(values, fits);
  }
  const bool negated = operation->sense == Sense::not_any;
  if (!is_there) {
    if (if_exists || quantifier == Quantifier::all) return true;
    return negated && quantifier == Quantifier::none;
  }
  const auto passes = [&](const std::string& value) {
    const auto fits = [&](const Pattern& wanted) {
      return operation->test({.actual = value, .wanted = wanted, .context = context, .budget = budget});
    };
    return std::ranges::any_of(values, fits) != negated;
  };
  const bool all = quantifier == Quantifier::all || (quantifier == Quantifier::none && negated);
  return all ? std::ranges::all_of(*actual, passes) : std::ranges::any_of(*actual, passes);
}

}  // namespace stepwell::policy
