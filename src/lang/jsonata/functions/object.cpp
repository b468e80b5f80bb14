// $keys, $lookup, $spread, $merge, $clone.
#include "lang/jsonata/functions/builtin.h"

namespace stepwell::jsonata::library {
namespace {

constexpr std::size_t kDeepest = 1000;

// The keys of objects in arrays of arrays, each once; false when they are nested too deep.
bool collect_keys(Invocation& call, const Value& value, Object& known, std::size_t depth) {
  if (depth > kDeepest) return false;
  if (value.is_object()) {
    for (std::size_t i = 0; i < value.size(); ++i) known.set(call.memory(), value.member(i).key, {});
  } else if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (!collect_keys(call, value.element(i), known, depth + 1)) return false;
    }
  }
  return true;
}

bool collect_members(Invocation& call, const Value& value, Evaluator::Collector& out, std::size_t depth) {
  if (depth > kDeepest) return false;
  if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (!collect_members(call, value.element(i), out, depth + 1)) return false;
    }
  } else if (value.is_object()) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      const Member member = value.member(i);
      Object* const single = call.memory().object(1);
      single->set(call.memory(), member.key, member.value);
      out.push(Value::object(single));
    }
  } else {
    out.push(value);
  }
  return true;
}

}  // namespace

Value object_keys(Invocation& call) {
  Object* const known = call.memory().object(0);
  if (!collect_keys(call, call[0], *known, 0)) return call.fail(Code::U1001);
  Evaluator::Collector keys(call.evaluator());
  for (std::uint32_t i = 0; i < known->size; ++i) keys.push(known->members[i].key);
  return keys.sequence();
}

Value object_lookup(Invocation& call) {
  if (!call[1].is_string()) return {};
  return call.evaluator().name(call[1].as_string(), call[0]);
}

Value object_spread(Invocation& call) {
  if (!call[0].is_array() && !call[0].is_object()) return call[0];
  Evaluator::Collector members(call.evaluator());
  if (!collect_members(call, call[0], members, 0)) return call.fail(Code::U1001);
  const bool is_sequence = call[0].is_object() || members.size() == 0;
  return is_sequence ? members.sequence() : members.array();
}

Value object_merge(Invocation& call) {
  if (call[0].is_undefined()) return {};
  Object* const merged = call.memory().object(0);
  for (std::size_t i = 0; i < call[0].size(); ++i) {
    const Value object = call[0].element(i);
    if (!object.is_object()) continue;
    for (std::size_t k = 0; k < object.size(); ++k) {
      const Member member = object.member(k);
      merged->set(call.memory(), member.key, member.value);
    }
  }
  return Value::object(merged);
}

Value object_clone(Invocation& call) { return call[0].is_undefined() ? Value() : call.evaluator().clone(call[0]); }

}  // namespace stepwell::jsonata::library
