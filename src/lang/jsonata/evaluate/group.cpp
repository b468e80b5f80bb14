// Objects: the constructor {…}, and what groups the items of a sequence by keys.
#include "lang/jsonata/evaluate/evaluator.h"
#include "lang/jsonata/evaluate/rows.h"
#include "lang/jsonata/value/stringify.h"

namespace stepwell::jsonata {
namespace {

// What belongs to a key.
struct Entry {
  Value key;
  std::size_t pair;
  std::vector<std::uint32_t> items;  // their places
};

// Keys, found by their text.
class Entries {
 public:
  explicit Entries(Memory& memory) : memory_(memory), places_(memory.object(0)) {}

  Entry& operator[](const Value& key, std::size_t pair) {
    if (const Member* const known = places_->find(key.as_string())) {
      return entries_[static_cast<std::size_t>(known->value.as_number())];
    }
    places_->set(memory_, key, Value::number(static_cast<double>(entries_.size())));
    return entries_.emplace_back(Entry{.key = key, .pair = pair, .items = {}});
  }
  std::vector<Entry>& all() { return entries_; }

 private:
  Memory& memory_;
  Object* places_;
  std::vector<Entry> entries_;
};

}  // namespace

Value Evaluator::object(const Group& group, const Value& context) { return grouped(group, context); }

Value Evaluator::grouped(const Group& group, const Value& input) {
  if (input.is_rows()) return input;
  const bool is_one = !input.is_array() || input.size() <= 1;
  if (is_one && group.has_plain_keys) {
    const bool is_wrapped = input.is_array() && input.size() == 1;
    return plain_object(group, is_wrapped ? input.element(0) : input.is_array() ? Value() : input);
  }
  Entries entries(memory_);
  const std::size_t size = is_one ? 1 : input.size();
  const auto item_at = [&](std::size_t at) {
    return !input.is_array() ? input : at < input.size() ? input.element(at) : Value();
  };
  for (std::size_t i = 0; i < size; ++i) {
    const Value item = item_at(i);
    for (std::size_t pair = 0; pair < group.pairs.size(); ++pair) {
      const Value key = evaluate(*group.pairs[pair].key, item);
      if (key.is_failure()) return key;
      if (key.is_undefined()) continue;
      if (!key.is_string()) return fail(Code::T1003, group.position, {shown(key)});
      if (!budget_.spend_text(key.as_string().size())) return fail(Code::U1002, group.position);
      Entry& entry = entries[key, pair];
      if (entry.pair != pair) return fail(Code::D1009, group.position, {shown(key)});
      entry.items.push_back(static_cast<std::uint32_t>(i));
    }
  }
  Object* const made = memory_.object(0);
  for (const Entry& entry : entries.all()) {
    Value context = item_at(entry.items[0]);
    if (entry.items.size() > 1) {
      Collector items(*this);
      for (const std::uint32_t at : entry.items) items.spread(item_at(at));
      context = items.array();
    }
    const Value value = evaluate(*group.pairs[entry.pair].value, context);
    if (value.is_failure()) return value;
    if (!value.is_undefined()) made->set(memory_, entry.key, value);
  }
  return Value::object(made);
}

// One item, and keys that are written down: nothing has to be grouped.
Value Evaluator::plain_object(const Group& group, const Value& context) {
  Object* const made = memory_.object(group.pairs.size());
  for (const Pair& pair : group.pairs) {
    const Value value = evaluate(*pair.value, context);
    if (value.is_failure()) return value;
    if (!value.is_undefined()) made->set(memory_, static_cast<const Constant*>(pair.key)->value, value);
  }
  return Value::object(made);
}

Value Evaluator::group_rows(const Path& path, const Rows& rows) {
  const Group& group = *path.group;
  Entries entries(memory_);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    load(path, rows.row(i));
    for (std::size_t pair = 0; pair < group.pairs.size(); ++pair) {
      const Value key = evaluate(*group.pairs[pair].key, rows.row(i)[0]);
      if (key.is_failure()) return key;
      if (key.is_undefined()) continue;
      if (!key.is_string()) return fail(Code::T1003, group.position, {shown(key)});
      if (!budget_.spend_text(key.as_string().size())) return fail(Code::U1002, group.position);
      Entry& entry = entries[key, pair];
      if (entry.pair != pair) return fail(Code::D1009, group.position, {shown(key)});
      entry.items.push_back(static_cast<std::uint32_t>(i));
    }
  }
  Object* const made = memory_.object(0);
  std::vector<Value> row(rows.width);
  for (const Entry& entry : entries.all()) {
    // One row that has in every column what the rows of the group have there.
    for (std::uint32_t column = 0; column < rows.width; ++column) {
      row[column] = rows.row(entry.items[0])[column];
      if (entry.items.size() == 1) continue;
      Collector values(*this);
      for (const std::uint32_t at : entry.items) {
        const Value& value = rows.row(at)[column];
        if (!value.is_unbound() && !value.is_undefined()) values.spread(value);
      }
      if (values.size() > 1) row[column] = values.array();
      if (values.size() == 1 && row[column].is_undefined()) row[column] = values.values()[0];
    }
    load(path, row.data());
    const Value value = evaluate(*group.pairs[entry.pair].value, row[0]);
    if (value.is_failure()) return value;
    if (!value.is_undefined()) made->set(memory_, entry.key, value);
  }
  return Value::object(made);
}

}  // namespace stepwell::jsonata
