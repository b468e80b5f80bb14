#pragma once
// What members and elements are called in forms and XML.

#include "wire/api_model.h"

#include <algorithm>
#include <string_view>

namespace stepwell::wire {

inline constexpr std::string_view entry_name = "entry";  // of a map that is not flattened

// Of the elements of a list that is not flattened.
inline std::string_view element_name(const Shape& list) {
  return list.element_name.empty() ? std::string_view("member") : std::string_view(list.element_name);
}

// Of a member; a flattened list goes by the name of its elements.
inline std::string_view element_name(const ShapeMember& member) {
  const Shape& shape = *member.shape;
  const bool by_element = shape.type == ShapeType::list && shape.flattened && !shape.element_name.empty();
  return by_element ? shape.element_name : member.location_name;
}

inline const ShapeMember* member_by_element(const Shape& structure, std::string_view name) {
  const auto found =
      std::ranges::find_if(structure.members, [&](const ShapeMember& member) { return element_name(member) == name; });
  return found == structure.members.end() ? nullptr : &*found;
}

}  // namespace stepwell::wire
