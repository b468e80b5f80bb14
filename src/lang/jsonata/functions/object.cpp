// $keys, $lookup, $spread, $merge, $clone.
#include "base/error.h"
#include "lang/jsonata/functions/builtin.h"

namespace stepwell::jsonata::library {
namespace {

using Walked = std::expected<void, Code>;

// What it takes to look for the keys of an object.
Walked walk_keys(Invocation& call, const Value& object, std::size_t depth) {
  TRY(call.evaluator().walk(object, depth));
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < object.size(); ++i) bytes += object.member(i).key.as_string().size();
  if (!call.evaluator().budget().spend_text(bytes)) return std::unexpected(Code::U1002);
  return {};
}

// The keys of objects in arrays of arrays, each once.
Walked collect_keys(Invocation& call, const Value& value, Object& known, std::size_t depth) {
  if (value.is_object()) {
    TRY(walk_keys(call, value, depth));
    for (std::size_t i = 0; i < value.size(); ++i) known.set(call.memory(), value.member(i).key, {});
  } else if (value.is_array()) {
    TRY(call.evaluator().walk(value, depth));
    for (std::size_t i = 0; i < value.size(); ++i) TRY(collect_keys(call, value.element(i), known, depth + 1));
  }
  return {};
}

Walked collect_members(Invocation& call, const Value& value, Evaluator::Collector& out, std::size_t depth) {
  if (value.is_array()) {
    TRY(call.evaluator().walk(value, depth));
    for (std::size_t i = 0; i < value.size(); ++i) TRY(collect_members(call, value.element(i), out, depth + 1));
  } else if (value.is_object()) {
    TRY(call.evaluator().walk(value, depth));
    for (std::size_t i = 0; i < value.size(); ++i) {
      const Member member = value.member(i);
      Object* const single = call.memory().object(1);
      single->set(call.memory(), member.key, member.value);
      out.push(Value::object(single));
    }
  } else if (!value.is_undefined()) {
    out.push(value);
  }
  return {};
}

bool is_all_undefined(const Value& array) {
  std::size_t i = 0;
  while (i < array.size() && array.element(i).is_undefined()) ++i;
  return i == array.size();
}

}  // namespace

Value object_keys(Invocation& call) {
  Object* const known = call.memory().object(0);
  if (const auto walked = collect_keys(call, call[0], *known, 0); !walked) return call.fail(walked.error());
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
  if (const auto walked = collect_members(call, call[0], members, 0); !walked) return call.fail(walked.error());
  const bool is_sequence = call[0].is_object() || is_all_undefined(call[0]);
  return is_sequence ? members.sequence() : members.array();
}

Value object_merge(Invocation& call) {
  if (call[0].is_undefined()) return {};
  Object* const merged = call.memory().object(0);
  for (std::size_t i = 0; i < call[0].size(); ++i) {
    const Value object = call[0].element(i);
    if (!object.is_object()) continue;
    if (const auto walked = walk_keys(call, object, 0); !walked) return call.fail(walked.error());
    for (std::size_t k = 0; k < object.size(); ++k) {
      const Member member = object.member(k);
      merged->set(call.memory(), member.key, member.value);
    }
  }
  return Value::object(merged);
}

Value object_clone(Invocation& call) { return call[0].is_undefined() ? Value() : call.evaluator().clone(call[0]); }

}  // namespace stepwell::jsonata::library
