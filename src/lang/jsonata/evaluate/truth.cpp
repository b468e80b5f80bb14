#include "lang/jsonata/evaluate/truth.h"

#include <cmath>
#include <vector>

namespace stepwell::jsonata {
namespace {

constexpr std::size_t kDeepest = 1000;

std::optional<bool> truth_of_array(const Value& array, std::size_t depth);

std::optional<bool> truth_at(const Value& value, std::size_t depth) {
  switch (value.type()) {
    case Value::Type::boolean: return value.as_boolean();
    case Value::Type::string: return !value.as_string().empty();
    case Value::Type::object: return value.size() > 0;
    case Value::Type::number: {
      const double number = value.as_number();
      if (std::isinf(number)) return std::nullopt;
      return number != 0 && !std::isnan(number);
    }
    case Value::Type::array: return truth_of_array(value, depth + 1);
    default: return false;
  }
}

// Whether one of the elements holds.
std::optional<bool> truth_of_array(const Value& array, std::size_t depth) {
  if (depth > kDeepest) return std::nullopt;
  bool holds = false;
  for (std::size_t i = 0; i < array.size(); ++i) {
    const auto element = truth_at(array.element(i), depth);
    if (!element) return std::nullopt;
    holds |= *element;
  }
  return holds;
}

struct ValuePair {
  Value a, b;
};

bool equal_numbers(const Value& a, const Value& b) {
  if (a.is_json() && b.is_json() && a.lexeme() == b.lexeme()) return true;
  return a.as_number() == b.as_number();
}

// What can be seen at once; the parts of containers are left for later.
bool compare(const Value& a, const Value& b, std::vector<ValuePair>& pending) {
  if (a.type() != b.type()) return false;
  switch (a.type()) {
    case Value::Type::boolean: return a.as_boolean() == b.as_boolean();
    case Value::Type::number: return equal_numbers(a, b);
    case Value::Type::string: return a.as_string() == b.as_string();
    case Value::Type::function: return &a.as_function() == &b.as_function();
    case Value::Type::array:
    case Value::Type::object:
      if (a.size() != b.size()) return false;
      if (a.size() > 0 && !a.is_same(b)) pending.push_back({a, b});
      return true;
    default: return true;
  }
}

bool compare_parts(const ValuePair& pair, std::vector<ValuePair>& pending) {
  for (std::size_t i = 0; i < pair.a.size(); ++i) {
    if (pair.a.is_array()) {
      if (!compare(pair.a.element(i), pair.b.element(i), pending)) return false;
      continue;
    }
    const Member member = pair.a.member(i);
    const Value other = pair.b.find(member.key.as_string());
    if (other.is_undefined() || !compare(member.value, other, pending)) return false;
  }
  return true;
}

}  // namespace

std::optional<bool> truth(const Value& value) { return truth_at(value, 0); }

// Without recursion, as values may be nested deep.
bool is_equal(const Value& a, const Value& b) {
  std::vector<ValuePair> pending;
  if (!compare(a, b, pending)) return false;
  while (!pending.empty()) {
    const ValuePair pair = pending.back();
    pending.pop_back();
    if (!compare_parts(pair, pending)) return false;
  }
  return true;
}

bool is_number_list(const Value& value) {
  if (!value.is_array()) return false;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (!value.element(i).is_number()) return false;
  }
  return true;
}

bool is_identical(const Value& a, const Value& b) {
  if (a.type() != b.type()) return false;
  if (a.is_array() || a.is_object()) return a.is_same(b);
  return is_equal(a, b);
}

}  // namespace stepwell::jsonata
