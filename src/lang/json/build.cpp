#include "lang/json/build.h"

#include "lang/json/object_index.h"

#include <algorithm>

namespace stepwell::json {

// Beyond the linear size a repeated key is found when the object is indexed; searching here would be quadratic.
ObjectBuilder& ObjectBuilder::add(std::string_view key, Value value) {
  if (members_.size() < kLinearMembers) {
    if (Member* const same = find_linear(std::span(members_), key)) {
      same->value = value;
      return *this;
    }
  }
  members_.push_back({key, value});
  return *this;
}

ObjectBuilder& ObjectBuilder::add(std::string_view key, std::string_view text) {
  return add(key, make_string(*arena_, text));
}

ObjectBuilder& ObjectBuilder::add(std::string_view key, std::int64_t number) {
  return add(key, Value::integer(*arena_, number));
}

Value ObjectBuilder::build() { return make_object(*arena_, members_); }

Value make_array(Arena& arena, std::span<const Value> elements) {
  if (elements.empty()) return Value::array({});
  const std::span<Value> made = arena.make_array<Value>(elements.size());
  std::ranges::copy(elements, made.begin());
  return Value::array(made);
}

Value make_string(Arena& arena, std::string_view text) { return Value::string(arena.copy(text)); }

}  // namespace stepwell::json
