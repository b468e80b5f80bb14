#pragma once
// What is kept of buses, rules, connections and API destinations are JSON objects with AWS's own names for their
// members, as the operations take and show them; here is what is done with such objects.

#include "lang/json/value.h"

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace stepwell::events {

// The members of that names that are there, in the order of the names.
json::Value pick(json::Arena& arena, const json::Value& object, std::span<const std::string_view> names);
inline json::Value pick(json::Arena& arena, const json::Value& object, std::initializer_list<std::string_view> names) {
  return pick(arena, object, std::span(names.begin(), names.size()));
}
// `object` with those members in place of its own. null takes a member away.
json::Value with(json::Arena& arena, const json::Value& object, std::span<const json::Member> members);
inline json::Value with(json::Arena& arena, const json::Value& object, std::initializer_list<json::Member> members) {
  return with(arena, object, std::span(members.begin(), members.size()));
}

// "" where there is no such text.
std::string_view text_of(const json::Value& object, std::string_view name);
// The object at the name, or an empty one.
json::Value object_of(const json::Value& object, std::string_view name);
std::span<const json::Value> elements_of(const json::Value& object, std::string_view name);

}  // namespace stepwell::events
