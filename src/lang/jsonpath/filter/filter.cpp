#include "lang/jsonpath/filter/filter.h"

#include "lang/json/print.h"
#include "lang/jsonpath/filter/compare.h"
#include "lang/jsonpath/program.h"
#include "lang/jsonpath/walk.h"

namespace stepwell::jsonpath {
namespace {

using json::Value;
using Verdict = std::expected<bool, EvaluationError>;

struct Item {
  json::Arena& arena;
  const Value& root;
  const Value& value;
  Budget& budget;
};

std::unexpected<EvaluationError> too_much() {
  return std::unexpected(EvaluationError{EvaluationError::Kind::limit, "A filter takes too long to evaluate"});
}

std::expected<Value, EvaluationError> select(const Item& item, const Operand& operand) {
  if (!operand.path) return Value::string(operand.text);
  auto selected = evaluate_program(item.arena, *operand.path, operand.from_root ? item.root : item.value, item.budget,
                                   Messages::omitted);
  if (!selected && selected.error().kind == EvaluationError::Kind::index_out_of_range) return Value();
  return selected;
}

// Makes a failure to find something the answer `if_not_found`.
Verdict verdict(const EvaluationError& error, bool if_not_found) {
  if (error.kind == EvaluationError::Kind::not_found) return if_not_found;
  return std::unexpected(error);
}

Verdict exists(const Item& item, const Criterion& criterion) {
  const bool wanted = criterion.op == Operator::exists;
  const auto selected = select(item, criterion.left);
  if (!selected) return verdict(selected.error(), !wanted);
  return selected->is_null() != wanted;
}

Verdict matches(const Pattern& pattern, std::string_view text, Budget& budget) {
  if (!budget.spend(text_steps(text.size()))) return too_much();
  return pattern.matches(text);
}

Verdict matches(const Pattern& pattern, const Value& target, Budget& budget) {
  switch (target.kind()) {
    case json::Kind::null: return false;
    case json::Kind::string: return matches(pattern, target.as_string(), budget);
    case json::Kind::number: return matches(pattern, target.lexeme(), budget);
    default: break;
  }
  std::string text;
  if (!json::print_within(text, target, budget.left())) return too_much();
  return matches(pattern, text, budget);
}

Verdict matches(const Item& item, const Criterion& criterion) {
  const bool pattern_is_left = criterion.left.pattern != nullptr;
  const auto target = select(item, pattern_is_left ? criterion.right : criterion.left);
  if (!target) return verdict(target.error(), false);
  return matches(pattern_is_left ? *criterion.left.pattern : *criterion.right.pattern, *target, item.budget);
}

bool holds(Operator op, int model_to_expected) {
  switch (op) {
    case Operator::equal: return model_to_expected == 0;
    case Operator::not_equal: return model_to_expected != 0;
    case Operator::less: return model_to_expected < 0;
    case Operator::less_or_equal: return model_to_expected <= 0;
    case Operator::greater: return model_to_expected > 0;
    default: return model_to_expected >= 0;
  }
}

Verdict compares(const Item& item, const Criterion& criterion) {
  // A regular expression equals nothing.
  if (criterion.left.pattern || criterion.right.pattern) return false;
  const auto model = select(item, criterion.left);
  if (!model) return verdict(model.error(), false);
  const auto expected = select(item, criterion.right);
  if (!expected) return verdict(expected.error(), false);

  const bool orders = criterion.op != Operator::equal && criterion.op != Operator::not_equal;
  if (orders && model->is_null() != expected->is_null()) return false;
  if (!item.budget.spend(text_steps(std::min(model->size(), expected->size())))) return too_much();
  const auto order = compare(*expected, *model);
  return order && holds(criterion.op, -*order);
}

Verdict holds(const Item& item, const Criterion& criterion) {
  switch (criterion.op) {
    case Operator::exists:
    case Operator::absent: return exists(item, criterion);
    case Operator::matches: return matches(item, criterion);
    default: return compares(item, criterion);
  }
}

// From right to left: the order decides which error is seen.
Verdict all_hold(const Item& item, const Filter::Group& group) {
  for (auto criterion = group.rbegin(); criterion != group.rend(); ++criterion) {
    const Verdict verdict = holds(item, *criterion);
    if (!verdict || !*verdict) return verdict;
  }
  return true;
}

}  // namespace

Filter::Filter() = default;
Filter::Filter(Filter&&) noexcept = default;
Filter::~Filter() = default;

std::size_t Filter::size() const {
  std::size_t size = 0;
  for (const Group& group : groups) size += group.size();
  return size;
}

Verdict Filter::accepts(json::Arena& arena, const Value& root, const Value& item, Budget& budget) const {
  for (auto group = groups.rbegin(); group != groups.rend(); ++group) {
    const Verdict verdict = all_hold({arena, root, item, budget}, *group);
    if (!verdict || *verdict) return verdict;
  }
  return false;
}

}  // namespace stepwell::jsonpath
