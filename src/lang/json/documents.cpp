#include "lang/json/documents.h"

#include <algorithm>
#include <vector>

namespace stepwell::json {

Value pick(Arena& arena, const Value& object, std::span<const std::string_view> names) {
  std::vector<Member> members;
  for (const std::string_view name : names) {
    const Value* value = object.find(name);
    if (value != nullptr && !value->is_null()) members.push_back({name, *value});
  }
  const auto kept = arena.make_array<Member>(members.size());
  std::ranges::copy(members, kept.begin());
  return Value::object(arena, kept);
}

Value with(Arena& arena, const Value& object, std::span<const Member> members) {
  std::vector<Member> all(object.members().begin(), object.members().end());
  for (const Member& member : members) {
    const auto at = std::ranges::find(all, member.key, &Member::key);
    if (at == all.end()) {
      all.push_back(member);
    } else {
      at->value = member.value;
    }
  }
  std::erase_if(all, [](const Member& member) { return member.value.is_null(); });
  const auto kept = arena.make_array<Member>(all.size());
  std::ranges::copy(all, kept.begin());
  return Value::object(arena, kept);
}

std::string_view text_of(const Value& object, std::string_view name) {
  const Value* value = object.find(name);
  return value != nullptr && value->is_string() ? value->as_string() : std::string_view{};
}

Value object_of(const Value& object, std::string_view name) {
  const Value* value = object.find(name);
  static Arena none;
  return value != nullptr && value->is_object() ? *value : Value::object(none, {});
}

std::span<const Value> elements_of(const Value& object, std::string_view name) {
  const Value* value = object.find(name);
  return value != nullptr && value->is_array() ? value->elements() : std::span<const Value>{};
}

}  // namespace stepwell::json
