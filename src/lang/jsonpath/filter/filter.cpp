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
};

std::expected<Value, EvaluationError> select(const Item& item, const Operand& operand) {
  if (!operand.path) return Value::string(operand.text);
  auto selected =
      evaluate_program(item.arena, *operand.path, operand.from_root ? item.root : item.value, Messages::omitted);
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

bool matches(const Pattern& pattern, const Value& target) {
  switch (target.kind()) {
    case json::Kind::null: return false;
    case json::Kind::string: return pattern.matches(target.as_string());
    case json::Kind::number: return pattern.matches(target.lexeme());
    default: return pattern.matches(json::print(target));
  }
}

Verdict matches(const Item& item, const Criterion& criterion) {
  const bool pattern_is_left = criterion.left.pattern != nullptr;
  const auto target = select(item, pattern_is_left ? criterion.right : criterion.left);
  if (!target) return verdict(target.error(), false);
  return matches(pattern_is_left ? *criterion.left.pattern : *criterion.right.pattern, *target);
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

Verdict Filter::accepts(json::Arena& arena, const Value& root, const Value& item) const {
  for (auto group = groups.rbegin(); group != groups.rend(); ++group) {
    const Verdict verdict = all_hold({arena, root, item}, *group);
    if (!verdict || *verdict) return verdict;
  }
  return false;
}

}  // namespace stepwell::jsonpath
