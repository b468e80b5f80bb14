#pragma once
// Objects that are kept and shown as they were given, with members of which each may be missing (null is missing, too):
// what is done with such documents.

#include "lang/json/value.h"

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace stepwell::json {

// The members of that names that are there, in the order of the names.
Value pick(Arena& arena, const Value& object, std::span<const std::string_view> names);
inline Value pick(Arena& arena, const Value& object, std::initializer_list<std::string_view> names) {
  return pick(arena, object, std::span(names.begin(), names.size()));
}
// `object` with those members in place of its own. null takes a member away.
Value with(Arena& arena, const Value& object, std::span<const Member> members);
inline Value with(Arena& arena, const Value& object, std::initializer_list<Member> members) {
  return with(arena, object, std::span(members.begin(), members.size()));
}

// "" where there is no such text.
std::string_view text_of(const Value& object, std::string_view name);
// The object at the name, or an empty one.
Value object_of(const Value& object, std::string_view name);
std::span<const Value> elements_of(const Value& object, std::string_view name);

}  // namespace stepwell::json
