#include "lang/event_pattern/attributes.h"

#include "lang/json/build.h"
#include "lang/json/parse.h"

#include <optional>

namespace stepwell::event_pattern {
namespace {

std::optional<json::Value> value_of(json::Arena& arena, const Attribute& attribute) {
  const auto is_a = [&](std::string_view type) {
    return attribute.type == type || (attribute.type.starts_with(type) && attribute.type[type.size()] == '.');
  };
  const bool array = is_a("String.Array");
  const bool number = is_a("Number");
  if (!array && !number) return is_a("String") ? std::optional(json::Value::string(attribute.value)) : std::nullopt;
  const auto parsed = json::parse(arena, attribute.value, {.max_depth = 16});
  const bool fits = parsed && (array ? parsed->is_array() : parsed->is_number());
  return fits ? std::optional(*parsed) : std::nullopt;
}

}  // namespace

json::Value event_of(json::Arena& arena, std::span<const Attribute> attributes) {
  json::ObjectBuilder event(arena);
  for (const Attribute& attribute : attributes) {
    if (const auto value = value_of(arena, attribute)) event.add(attribute.name, *value);
  }
  return event.build();
}

}  // namespace stepwell::event_pattern
