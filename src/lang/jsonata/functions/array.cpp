// $append, $reverse, $shuffle, $distinct, $zip.
#include "lang/jsonata/functions/builtin.h"
#include "lang/jsonata/text/number.h"

#include <algorithm>

namespace stepwell::jsonata::library {

Value array_append(Invocation& call) {
  if (call[0].is_undefined()) return call[1];
  if (call[1].is_undefined()) return call[0];
  const Value first = call[0].is_array() ? call[0] : call.memory().array({call[0]});
  if (!call[1].is_array()) return call.memory().appended(first, {{call[1]}});
  if (!call.evaluator().spend(call[1].size() / 16)) return call.fail(Code::U1002);
  if (!call[1].is_json()) return call.memory().appended(first, {call[1].elements(), call[1].size()});
  Evaluator::Collector more(call.evaluator());
  more.spread(call[1]);
  return call.memory().appended(first, more.values());
}

Value array_reverse(Invocation& call) {
  if (call[0].is_undefined() || call[0].size() < 2) return call[0];
  if (!call.evaluator().spend(call[0].size() / 16)) return call.fail(Code::U1002);
  Evaluator::Collector reversed(call.evaluator());
  for (std::size_t i = call[0].size(); i-- > 0;) reversed.push(call[0].element(i));
  return reversed.array();
}

Value array_shuffle(Invocation& call) {
  if (call[0].is_undefined() || call[0].size() < 2) return call[0];
  if (!call.evaluator().spend(call[0].size() / 4)) return call.fail(Code::U1002);
  Evaluator::Collector shuffled(call.evaluator());
  shuffled.spread(call[0]);
  const std::span<Value> values = shuffled.values();
  for (std::size_t i = values.size(); i > 1; --i) {
    std::swap(values[i - 1], values[call.evaluator().environment().random->next() % i]);
  }
  return shuffled.array();
}

namespace {

// What has been seen: texts and numbers by their text, others one by one.
class Seen {
 public:
  explicit Seen(Invocation& call) : call_(call), texts_(call.memory().object(0)), numbers_(call.memory().object(0)) {}

  // nullopt: failed
  std::optional<bool> add(const Value& value) {
    if (value.is_string()) return add(*texts_, value);
    if (value.is_number()) return add(*numbers_, call_.memory().string(number_text(value.as_number())));
    for (const Value& other : others_) {
      const auto is_same = call_.evaluator().compare(value, other, call_.site().position);
      if (!is_same) return std::nullopt;
      if (*is_same) return false;
    }
    others_.push_back(value);
    return true;
  }

 private:
  std::optional<bool> add(Object& known, const Value& key) {
    if (known.find(key.as_string()) != nullptr) return false;
    known.set(call_.memory(), key, {});
    return true;
  }

  Invocation& call_;
  Object* texts_;
  Object* numbers_;
  std::vector<Value> others_;
};

}  // namespace

Value array_distinct(Invocation& call) {
  const Value& array = call[0];
  if (!array.is_array() || array.size() < 2) return array;
  Seen seen(call);
  Evaluator::Collector distinct(call.evaluator());
  for (std::size_t i = 0; i < array.size(); ++i) {
    const Value element = array.element(i);
    const auto is_new = seen.add(element);
    if (!is_new) return Value::failure();
    if (*is_new) distinct.push(element);
  }
  return array.is_sequence() ? distinct.sequence() : distinct.array();
}

Value array_zip(Invocation& call) {
  std::size_t length = call[0].is_array() ? call[0].size() : 0;
  for (std::size_t i = 0; i < call.count(); ++i) length = std::min(length, call[i].is_array() ? call[i].size() : 0);
  if (!call.evaluator().spend(length)) return call.fail(Code::U1002);
  Evaluator::Collector rows(call.evaluator());
  std::vector<Value> row(call.count());
  for (std::size_t at = 0; at < length; ++at) {
    for (std::size_t i = 0; i < row.size(); ++i) row[i] = call[i].element(at);
    rows.push(call.memory().array(row));
  }
  return rows.array();
}

}  // namespace stepwell::jsonata::library
