#pragma once
// What users see of AWS's implementation in Java: texts of values, and the orders of its hash tables (spec §1.8).

#include "lang/json/value.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::differential::java {

// String.hashCode of ASCII text.
std::uint32_t hash(std::string_view text);

// Positions of `keys` in the order of a HashMap with the default load that was filled with them in turn.
std::vector<std::size_t> hash_map_order(const std::vector<std::string>& keys,
                                        const std::function<std::string(const std::string&)>& key_of);

// String.valueOf: {a=1, b=[x, 2.0]}.
std::string text(const json::Value& value);

// hashCode of a value as Jackson's plain objects have it.
std::uint32_t hash(const json::Value& value);

}  // namespace stepwell::differential::java
