// $map, $filter, $single, $reduce, $each, $sift, $sort: functions that call functions.
#include "lang/jsonata/evaluate/merge_sort.h"
#include "lang/jsonata/functions/builtin.h"

#include <bit>
#include <cmath>

namespace stepwell::jsonata::library {
namespace {

Value call_with(Invocation& call, const Value& function, const Value& value, const Value& place, const Value& whole) {
  const Value arguments[] = {value, place, whole};
  return call.call(function, arguments);
}

}  // namespace

Value higher_map(Invocation& call) {
  const Value array = call[0];
  if (array.is_undefined()) return {};
  Evaluator::Collector mapped(call.evaluator());
  for (std::size_t i = 0; i < array.size(); ++i) {
    const Value value = call_with(call, call[1], array.element(i), Value::number(static_cast<double>(i)), array);
    if (value.is_failure()) return value;
    if (!value.is_undefined()) mapped.push(value);
  }
  return mapped.sequence();
}

Value higher_filter(Invocation& call) {
  const Value array = call[0];
  if (array.is_undefined()) return {};
  Evaluator::Collector kept(call.evaluator());
  for (std::size_t i = 0; i < array.size(); ++i) {
    const Value element = array.element(i);
    const Value verdict = call_with(call, call[1], element, Value::number(static_cast<double>(i)), array);
    if (verdict.is_failure()) return verdict;
    const auto holds = call.decide(verdict);
    if (!holds) return Value::failure();
    if (*holds) kept.push(element);
  }
  return kept.sequence();
}

Value higher_single(Invocation& call) {
  const Value array = call[0];
  if (array.is_undefined()) return {};
  Value found;
  bool has_found = false;
  for (std::size_t i = 0; i < array.size(); ++i) {
    const Value element = array.element(i);
    if (call[1].is_function()) {
      const Value verdict = call_with(call, call[1], element, Value::number(static_cast<double>(i)), array);
      if (verdict.is_failure()) return verdict;
      const auto holds = call.decide(verdict);
      if (!holds) return Value::failure();
      if (!*holds) continue;
    }
    if (has_found) return call.fail(Code::D3138);
    found = element;
    has_found = true;
  }
  return has_found ? found : call.fail(Code::D3139);
}

Value higher_reduce(Invocation& call) {
  const Value array = call[0];
  if (array.is_undefined()) return {};
  const std::size_t used = arity(call[1].as_function());
  if (used < 2) return call.fail(Code::D3050);
  std::size_t at = 0;
  Value result = call[2];
  if (result.is_undefined() && array.size() > 0) result = array.element(at++);
  for (; at < array.size(); ++at) {
    const Value arguments[] = {result, array.element(at), Value::number(static_cast<double>(at)), array};
    result = call.evaluator().apply(call[1].as_function(), std::span(arguments).first(std::min<std::size_t>(used, 4)),
                                    {}, call.site());
    if (result.is_failure()) return result;
  }
  return result;
}

Value higher_each(Invocation& call) {
  const Value object = call[0];
  if (object.is_undefined()) return Value::array(nullptr, 0).as_sequence();
  Evaluator::Collector values(call.evaluator());
  for (std::size_t i = 0; i < object.size(); ++i) {
    const Member member = object.member(i);
    const Value value = call_with(call, call[1], member.value, member.key, object);
    if (value.is_failure()) return value;
    if (!value.is_undefined()) values.push(value);
  }
  return values.sequence();
}

Value higher_sift(Invocation& call) {
  const Value object = call[0];
  if (object.is_undefined()) return {};
  Object* const kept = call.memory().object(0);
  for (std::size_t i = 0; i < object.size(); ++i) {
    const Member member = object.member(i);
    const Value verdict =
        call[1].is_function() ? call_with(call, call[1], member.value, member.key, object) : member.value;
    if (verdict.is_failure()) return verdict;
    const auto holds = call.decide(verdict);
    if (!holds) return Value::failure();
    if (*holds) kept->set(call.memory(), member.key, member.value);
  }
  return kept->size == 0 ? Value() : Value::object(kept);
}

namespace {

// As ECMAScript takes values as conditions.
bool is_truthy(const Value& value) {
  switch (value.type()) {
    case Value::Type::undefined:
    case Value::Type::null: return false;
    case Value::Type::boolean: return value.as_boolean();
    case Value::Type::number: return value.as_number() != 0 && !std::isnan(value.as_number());
    case Value::Type::string: return !value.as_string().empty();
    default: return true;
  }
}

bool is_all(const Value& array, Value::Type type) {
  for (std::size_t i = 0; i < array.size(); ++i) {
    if (array.element(i).type() != type) return false;
  }
  return true;
}

}  // namespace

Value higher_sort(Invocation& call) {
  const Value array = call[0];
  if (array.is_undefined() || array.size() < 2) return array;
  std::vector<Value> values;
  for (std::size_t i = 0; i < array.size(); ++i) values.push_back(array.element(i));
  if (!call.evaluator().spend(values.size() * std::bit_width(values.size()) / 4)) return call.fail(Code::U1002);
  bool is_sorted = true;
  if (call[1].is_function()) {
    is_sorted = merge_sort(values, [&](const Value& a, const Value& b) -> std::optional<bool> {
      const Value arguments[] = {a, b};
      const Value verdict = call.evaluator().apply(call[1].as_function(), arguments, {}, call.site());
      return verdict.is_failure() ? std::nullopt : std::optional(is_truthy(verdict));
    });
  } else if (is_all(array, Value::Type::number)) {
    if (std::ranges::any_of(values, [](const Value& value) { return std::isinf(value.as_number()); }))
      return call.fail(Code::D1001, {"null"});
    merge_sort(values, [](const Value& a, const Value& b) { return std::optional(a.as_number() > b.as_number()); });
  } else if (is_all(array, Value::Type::string)) {
    is_sorted = merge_sort(values, [&](const Value& a, const Value& b) {
      return call.evaluator().order(a.as_string(), b.as_string(), call.site().position).transform([](int order) {
        return order > 0;
      });
    });
  } else {
    return call.fail(Code::D3070);
  }
  return is_sorted ? call.memory().array(values) : Value::failure();
}

}  // namespace stepwell::jsonata::library
