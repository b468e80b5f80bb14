#include "services/events/documents.h"

#include <algorithm>
#include <vector>

namespace stepwell::events {

json::Value pick(json::Arena& arena, const json::Value& object, std::span<const std::string_view> names) {
  std::vector<json::Member> members;
  for (const std::string_view name : names) {
    const json::Value* value = object.find(name);
    if (value != nullptr && !value->is_null()) members.push_back({name, *value});
  }
  const auto kept = arena.make_array<json::Member>(members.size());
  std::ranges::copy(members, kept.begin());
  return json::Value::object(arena, kept);
}

json::Value with(json::Arena& arena, const json::Value& object, std::span<const json::Member> members) {
  std::vector<json::Member> all(object.members().begin(), object.members().end());
  for (const json::Member& member : members) {
    const auto at = std::ranges::find(all, member.key, &json::Member::key);
    if (at == all.end()) {
      all.push_back(member);
    } else {
      at->value = member.value;
    }
  }
  std::erase_if(all, [](const json::Member& member) { return member.value.is_null(); });
  const auto kept = arena.make_array<json::Member>(all.size());
  std::ranges::copy(all, kept.begin());
  return json::Value::object(arena, kept);
}

std::string_view text_of(const json::Value& object, std::string_view name) {
  const json::Value* value = object.find(name);
  return value != nullptr && value->is_string() ? value->as_string() : std::string_view{};
}

json::Value object_of(const json::Value& object, std::string_view name) {
  const json::Value* value = object.find(name);
  static json::Arena none;
  return value != nullptr && value->is_object() ? *value : json::Value::object(none, {});
}

std::span<const json::Value> elements_of(const json::Value& object, std::string_view name) {
  const json::Value* value = object.find(name);
  return value != nullptr && value->is_array() ? value->elements() : std::span<const json::Value>{};
}

}  // namespace stepwell::events
