#include "lang/jsonata/evaluate/evaluator.h"
#include "lang/jsonata/value/stringify.h"
#include "lang/jsonata/value/truth.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace stepwell::jsonata {
namespace {

constexpr double kLongestRange = 1e7;

bool is_comparable(const Value& value) { return value.is_undefined() || value.is_number() || value.is_string(); }

double calculate(Operation operation, double a, double b) {
  switch (operation) {
    case Operation::add: return a + b;
    case Operation::subtract: return a - b;
    case Operation::multiply: return a * b;
    case Operation::divide: return a / b;
    default: return std::fmod(a, b);
  }
}

template <typename T>
bool holds(Operation operation, const T& a, const T& b) {
  switch (operation) {
    case Operation::less: return a < b;
    case Operation::less_equal: return a <= b;
    case Operation::greater: return a > b;
    default: return a >= b;
  }
}

bool is_integer(const Value& value) {
  if (!value.is_number()) return false;
  const double number = value.as_number();
  return std::isfinite(number) && number == std::floor(number);
}

}  // namespace

Value Evaluator::negate(const Unary& unary, const Value& context) {
  const Value operand = evaluate(*unary.operand, context);
  if (operand.is_number()) {
    const double number = operand.as_number();
    if (std::isinf(number)) return fail(Code::D1001, unary.position, {"null"});
    if (!std::isnan(number)) return Value::number(-number);
  }
  if (operand.is_undefined() || operand.is_failure()) return operand;
  return fail(Code::D1002, unary.position, {shown(operand)});
}

// Both sides are evaluated before either is looked at.
Value Evaluator::arithmetic(const Binary& binary, const Value& context) {
  const Value left = evaluate(*binary.left, context);
  if (left.is_failure()) return left;
  const Value right = evaluate(*binary.right, context);
  if (right.is_failure()) return right;
  double numbers[2] = {};
  const Value* const sides[2] = {&left, &right};
  for (int side = 0; side < 2; ++side) {
    const Value& value = *sides[side];
    if (value.is_undefined()) continue;
    const double number = value.is_number() ? value.as_number() : std::numeric_limits<double>::quiet_NaN();
    if (std::isnan(number)) return fail(side == 0 ? Code::T2001 : Code::T2002, binary.position, {quoted(binary.token)});
    if (std::isinf(number)) return fail(Code::D1001, binary.position, {"null"});
    numbers[side] = number;
  }
  if (left.is_undefined() || right.is_undefined()) return {};
  return Value::number(calculate(binary.operation, numbers[0], numbers[1]));
}

Value Evaluator::comparison(const Binary& binary, const Value& context) {
  const Value left = evaluate(*binary.left, context);
  if (left.is_failure()) return left;
  const Value right = evaluate(*binary.right, context);
  if (right.is_failure()) return right;
  if (!is_comparable(left) || !is_comparable(right)) return fail(Code::T2010, binary.position, {quoted(binary.token)});
  if (left.is_undefined() || right.is_undefined()) return {};
  if (left.type() != right.type()) {
    return fail(Code::T2009, binary.position, {shown(left), shown(right), quoted(binary.token)});
  }
  if (left.is_number()) return Value::boolean(holds(binary.operation, left.as_number(), right.as_number()));
  const auto order = this->order(left.as_string(), right.as_string(), binary.position);
  return order ? Value::boolean(holds(binary.operation, *order, 0)) : Value::failure();
}

Value Evaluator::equality(const Binary& binary, const Value& context) {
  const Value left = evaluate(*binary.left, context);
  if (left.is_failure()) return left;
  const Value right = evaluate(*binary.right, context);
  if (right.is_failure()) return right;
  if (left.is_undefined() || right.is_undefined()) return Value::boolean(false);
  const auto is_same = compare(left, right, binary.position);
  return is_same ? Value::boolean(*is_same == (binary.operation == Operation::equal)) : Value::failure();
}

Value Evaluator::logical(const Binary& binary, const Value& context) {
  const bool decides = binary.kind == NodeKind::either;  // what the left side has to be to settle it
  for (const Node* side : {binary.left, binary.right}) {
    const Value value = evaluate(*side, context);
    if (value.is_failure()) return value;
    const auto verdict = decide(value, binary.position);
    if (!verdict) return Value::failure();
    if (*verdict == decides) return Value::boolean(decides);
  }
  return Value::boolean(!decides);
}

Value Evaluator::membership(const Binary& binary, const Value& context) {
  const Value left = evaluate(*binary.left, context);
  if (left.is_failure()) return left;
  const Value right = evaluate(*binary.right, context);
  if (right.is_failure()) return right;
  if (left.is_undefined() || right.is_undefined()) return Value::boolean(false);
  bool is_there = false;
  if (!right.is_array()) {
    is_there = is_identical(left, right, budget_);
  } else {
    std::size_t i = 0;
    while (i < right.size() && !is_there && !budget_.is_exceeded()) {
      is_there = is_identical(left, right.element(i++), budget_);
    }
    spend(i / 4);
  }
  return budget_.is_exceeded() ? fail(Code::U1002, binary.position) : Value::boolean(is_there);
}

Value Evaluator::concatenation(const Binary& binary, const Value& context) {
  std::string texts[2];
  std::string_view views[2];
  const Node* const sides[2] = {binary.left, binary.right};
  for (int side = 0; side < 2; ++side) {
    const Value value = evaluate(*sides[side], context);
    if (value.is_failure()) return value;
    if (value.is_string()) {
      views[side] = value.as_string();
    } else if (!value.is_undefined()) {
      if (const auto error = stringify(value, Layout::compact, memory_.limit(), texts[side])) {
        return fail(*error, binary.position, {"null"});
      }
      views[side] = texts[side];
    }
  }
  return memory_.concatenated(views[0], views[1]);
}

Value Evaluator::range(const Binary& binary, const Value& context) {
  const Value left = evaluate(*binary.left, context);
  if (left.is_failure()) return left;
  const Value right = evaluate(*binary.right, context);
  if (right.is_failure()) return right;
  if (!left.is_undefined() && !is_integer(left)) return fail(Code::T2003, binary.position);
  if (!right.is_undefined() && !is_integer(right)) return fail(Code::T2004, binary.position);
  if (left.is_undefined() || right.is_undefined()) return {};
  const double first = left.as_number();
  const double last = right.as_number();
  if (first > last) return {};
  const double size = last - first + 1;
  if (size > kLongestRange) return fail(Code::D2014, binary.position, {shown(Value::number(size))});
  const auto count = static_cast<std::size_t>(size);
  Value* const elements = memory_.elements(count);
  if (elements == nullptr) return fail(Code::U1003, binary.position);
  for (std::size_t i = 0; i < count; ++i) elements[i] = Value::number(first + static_cast<double>(i));
  return Value::array(elements, count).as_sequence();
}

// Items that are lists are taken up into the array, constructors among them are not.
Value Evaluator::array(const Array& array, const Value& context) {
  Value result;
  if (array.items.size() == 1 && !array.items[0].is_array) {
    const Value only = evaluate(*array.items[0].node, context);
    if (only.is_failure()) return only;
    if (only.is_array()) {
      result = only.as_plain();
    } else if (only.is_undefined()) {
      result = Value::array(nullptr, 0);
    } else {
      result = memory_.array({only});
    }
  } else {
    Collector items(*this);
    for (const Item& item : array.items) {
      const Value value = evaluate(*item.node, context);
      if (value.is_failure()) return value;
      if (value.is_undefined()) continue;
      if (item.is_array) {
        items.push(value);
      } else {
        items.spread(value);
      }
    }
    result = items.array();
  }
  return array.is_constructed ? result.as_constructed() : result;
}

}  // namespace stepwell::jsonata
