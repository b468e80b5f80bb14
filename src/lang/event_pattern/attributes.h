#pragma once
// The attributes of an SNS message as an event, for patterns of Dialect::sns_attributes.

#include "lang/json/value.h"

#include <span>
#include <string_view>

namespace stepwell::event_pattern {

struct Attribute {
  std::string_view name;
  std::string_view type;   // String, String.Array, Number, each with .anything behind it; Binary is left out
  std::string_view value;  // as it is sent
};

// A Number stands there as a number, a String.Array as what its JSON says. Attributes whose value is not of their type
// are left out. The texts must outlive the event.
json::Value event_of(json::Arena& arena, std::span<const Attribute> attributes);

}  // namespace stepwell::event_pattern
