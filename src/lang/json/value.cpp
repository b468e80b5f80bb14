#include "lang/json/value.h"

#include "base/check.h"
#include "lang/json/build.h"
#include "lang/json/object_index.h"
#include "lang/json/scratch.h"

namespace stepwell::json {

bool Value::as_boolean() const {
  CHECK(is_boolean());
  return size_ != 0;
}

std::string_view Value::as_string() const {
  CHECK(is_string());
  return {static_cast<const char*>(data_), size_};
}

std::string_view Value::lexeme() const {
  CHECK(is_number());
  return {static_cast<const char*>(data_), size_};
}

std::span<const Value> Value::elements() const {
  CHECK(is_array());
  return {static_cast<const Value*>(data_), size_};
}

std::span<const Member> Value::members() const {
  CHECK(is_object());
  return {static_cast<const Member*>(data_), size_};
}

const Value* Value::find(std::string_view key) const {
  if (!is_object()) return nullptr;
  const Member* const member = indexed_ ? find_indexed(members(), key) : find_linear(members(), key);
  return member == nullptr ? nullptr : &member->value;
}

namespace {

// A copy of `value` alone: what it holds still points to where it was.
Value copy_shallow(Arena& arena, const Value& value) {
  switch (value.kind()) {
    case Kind::null:
    case Kind::boolean: return value;
    case Kind::number: return Value::number(arena.copy(value.lexeme()));
    case Kind::string: return Value::string(arena.copy(value.as_string()));
    case Kind::array: return make_array(arena, value.elements());
    case Kind::object: return make_object(arena, value.members());
  }
  return value;
}

}  // namespace

// Without recursion, as a tree may be built deeper than any text is parsed. The containers made here are still ours
// alone, so their parts are replaced in place; a key's copy is equal to it, and the index remains right.
Value copy(Arena& arena, const Value& value) {
  Scratch<Value, 32> pending;
  const auto deepen = [&](const Value& part) {
    const Value made = copy_shallow(arena, part);
    if ((made.is_array() || made.is_object()) && made.size() > 0) pending.push(made);
    return made;
  };
  const Value root = deepen(value);
  while (!pending.empty()) {
    const Value container = pending.pop();
    if (container.is_array()) {
      for (const Value& element : container.elements()) const_cast<Value&>(element) = deepen(element);
    } else {
      for (const Member& member : container.members()) {
        const_cast<Member&>(member) = {arena.copy(member.key), deepen(member.value)};
      }
    }
  }
  return root;
}

}  // namespace stepwell::json
