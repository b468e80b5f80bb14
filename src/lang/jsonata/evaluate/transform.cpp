// |pattern|update,delete|: a function that changes a copy of its argument at the places that the pattern finds.
#include "lang/jsonata/evaluate/evaluator.h"
#include "lang/jsonata/text/number.h"
#include "lang/jsonata/value/stringify.h"

#include <cmath>

namespace stepwell::jsonata {
// A deep copy of what would be left of the value after it was written as text and read again.
Value Evaluator::copy(const Value& value, std::size_t depth) {
  if (value.is_array() || value.is_object()) {
    if (const auto walked = walk(value, depth); !walked) return fail(walked.error(), 0);
  }
  switch (value.type()) {
    case Value::Type::undefined: return Value::null();
    case Value::Type::function: return Value::string({});
    case Value::Type::number: {
      const double number = value.as_number();
      if (std::isinf(number)) return fail(Code::D1001, 0, {"null"});
      if (std::isnan(number)) return Value::null();
      const double rounded = with_15_digits(number);
      return rounded == number ? value : Value::number(rounded);
    }
    case Value::Type::array: {
      Collector elements(*this);
      for (std::size_t i = 0; i < value.size(); ++i) {
        const Value element = copy(value.element(i), depth + 1);
        if (element.is_failure()) return element;
        elements.push(element);
      }
      return elements.array();
    }
    case Value::Type::object: {
      Object* const made = memory_.object(value.size());
      for (std::size_t i = 0; i < value.size(); ++i) {
        const Member member = value.member(i);
        if (member.value.is_undefined()) continue;
        const Value copied = copy(member.value, depth + 1);
        if (copied.is_failure()) return copied;
        made->set(memory_, member.key, copied);
      }
      return Value::object(made);
    }
    default: return value;
  }
}

Value Evaluator::clone(const Value& value) { return copy(value, 0); }

Value Evaluator::transform(const TransformFunction& function, std::span<const Value> arguments, const CallSite& site) {
  static const Signature kSignature = *Signature::parse("<(oa):o>");
  if (!kSignature.accepts(arguments)) {
    std::vector<Value> fitted;
    if (!fit(kSignature, arguments, {}, site, fitted)) return Value::failure();
  }
  const Transform& transform = *function.transform;
  if (arguments[0].is_undefined()) return {};
  Frame* const outer = std::exchange(frame_, function.frame);
  const Value result = transform_copy(transform, arguments[0]);
  frame_ = outer;
  return result;
}

Value Evaluator::transform_copy(const Transform& transform, const Value& original) {
  const Value clone = read(transform.clone, {});
  if (!clone.is_function()) return fail(Code::T2013, transform.position);
  const Value result = apply(clone.as_function(), {&original, 1}, {}, {{}, transform.position});
  if (result.is_failure()) return result;
  const Value matches = evaluate(*transform.pattern, result);
  if (matches.is_failure()) return matches;
  if (matches.is_undefined()) return result;
  const bool is_many = matches.is_array();
  for (std::size_t i = 0; i < (is_many ? matches.size() : 1); ++i) {
    if (!transform_match(transform, is_many ? matches.element(i) : matches)) return Value::failure();
  }
  return result;
}

bool Evaluator::transform_match(const Transform& transform, const Value& match) {
  // Only what the copy is made of can be changed.
  Object* const target = match.is_object() && !match.is_json() ? match.made_object() : nullptr;
  const Value update = evaluate(*transform.update, match);
  if (update.is_failure()) return false;
  if (!update.is_undefined()) {
    if (!update.is_object()) {
      fail(Code::T2011, transform.update->position, {shown(update)});
      return false;
    }
    for (std::size_t i = 0; i < update.size() && target != nullptr; ++i) {
      const Member member = update.member(i);
      target->set(memory_, member.key, member.value);
    }
  }
  if (transform.removed == nullptr) return true;
  const Value removed = evaluate(*transform.removed, match);
  if (removed.is_failure()) return false;
  if (removed.is_undefined()) return true;
  const std::size_t size = removed.is_array() ? removed.size() : 1;
  const auto key_at = [&](std::size_t at) { return removed.is_array() ? removed.element(at) : removed; };
  for (std::size_t i = 0; i < size; ++i) {
    if (key_at(i).is_string()) continue;
    fail(Code::T2012, transform.removed->position, {shown(removed)});
    return false;
  }
  for (std::size_t i = 0; i < size && target != nullptr; ++i) target->remove(key_at(i).as_string());
  return true;
}

}  // namespace stepwell::jsonata
