#pragma once
// How filters compare two values: by Jayway's rules, where a literal is always text.

#include "lang/json/value.h"

#include <optional>
#include <string_view>

namespace stepwell::jsonpath {

// Negative, zero or positive as `expected` (the right side) is less than, equal to or greater than `model` (the left
// side); nullopt when the two cannot be compared, which makes every criterion false.
//   null, "null"   equal to each other and less than all else
//   text, text     by UTF-16 code units
//   text, number   the text must be a number
//   text, boolean  "true" in any case is true, any other text is false
std::optional<int> compare(const json::Value& expected, const json::Value& model);

}  // namespace stepwell::jsonpath
