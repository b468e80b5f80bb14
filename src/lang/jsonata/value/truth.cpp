#include "lang/jsonata/value/truth.h"

#include <cmath>
#include <vector>

namespace stepwell::jsonata {
namespace {

std::expected<bool, Code> truth_of_array(const Value& array, Budget& budget, std::size_t depth);

std::expected<bool, Code> truth_at(const Value& value, Budget& budget, std::size_t depth) {
  switch (value.type()) {
    case Value::Type::boolean: return value.as_boolean();
    case Value::Type::string: return !value.as_string().empty();
    case Value::Type::object: return value.size() > 0;
    case Value::Type::number: {
      const double number = value.as_number();
      if (std::isinf(number)) return std::unexpected(Code::D1001);
      return number != 0 && !std::isnan(number);
    }
    case Value::Type::array: return truth_of_array(value, budget, depth + 1);
    default: return false;
  }
}

// Whether one of the elements holds; all of them are looked at.
std::expected<bool, Code> truth_of_array(const Value& array, Budget& budget, std::size_t depth) {
  if (depth > kDeepestValue) return std::unexpected(Code::U1001);
  if (!budget.spend(1 + array.size() / 4)) return std::unexpected(Code::U1002);
  bool holds = false;
  for (std::size_t i = 0; i < array.size(); ++i) {
    const auto element = truth_at(array.element(i), budget, depth);
    if (!element) return element;
    holds |= *element;
  }
  return holds;
}

struct ValuePair {
  Value a, b;
};

bool equal_texts(std::string_view a, std::string_view b, Budget& budget) {
  return a.size() == b.size() && (a.data() == b.data() || (budget.spend_text(a.size()) && a == b));
}

bool equal_numbers(const Value& a, const Value& b) {
  if (a.is_json() && b.is_json() && a.lexeme() == b.lexeme()) return true;
  return a.as_number() == b.as_number();
}

// What can be seen at once; the parts of containers are left for later.
bool compare(const Value& a, const Value& b, std::vector<ValuePair>& pending, Budget& budget) {
  if (a.type() != b.type()) return false;
  switch (a.type()) {
    case Value::Type::boolean: return a.as_boolean() == b.as_boolean();
    case Value::Type::number: return equal_numbers(a, b);
    case Value::Type::string: return equal_texts(a.as_string(), b.as_string(), budget);
    case Value::Type::function: return &a.as_function() == &b.as_function();
    case Value::Type::array:
    case Value::Type::object:
      if (a.size() != b.size()) return false;
      if (a.size() > 0 && !a.is_same(b)) pending.push_back({a, b});
      return true;
    default: return true;
  }
}

bool compare_parts(const ValuePair& pair, std::vector<ValuePair>& pending, Budget& budget) {
  for (std::size_t i = 0; i < pair.a.size(); ++i) {
    if (pair.a.is_array()) {
      if (!compare(pair.a.element(i), pair.b.element(i), pending, budget)) return false;
      continue;
    }
    const Member member = pair.a.member(i);
    const Value other = pair.b.find(member.key.as_string());
    if (other.is_undefined() || !compare(member.value, other, pending, budget)) return false;
  }
  return true;
}

}  // namespace

std::expected<bool, Code> truth(const Value& value, Budget& budget) { return truth_at(value, budget, 0); }

// Without recursion, as values may be nested deep.
std::expected<bool, Code> is_equal(const Value& a, const Value& b, Budget& budget) {
  std::vector<ValuePair> pending;
  bool is_same = compare(a, b, pending, budget);
  while (is_same && !pending.empty() && !budget.is_exceeded()) {
    const ValuePair pair = pending.back();
    pending.pop_back();
    is_same = budget.spend(1 + pair.a.size() / 4) && compare_parts(pair, pending, budget);
  }
  if (budget.is_exceeded()) return std::unexpected(Code::U1002);
  return is_same;
}

bool is_identical(const Value& a, const Value& b, Budget& budget) {
  if (a.type() != b.type()) return false;
  if (a.is_array() || a.is_object()) return a.is_same(b);
  std::vector<ValuePair> pending;
  return compare(a, b, pending, budget);
}

bool is_number_list(const Value& value) {
  if (!value.is_array()) return false;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (!value.element(i).is_number()) return false;
  }
  return true;
}

}  // namespace stepwell::jsonata
