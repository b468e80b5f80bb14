#pragma once
// The order in which a java.util.HashMap<String, …> hands out its keys.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace stepwell::asl {

// The bucket of `key` (UTF-8) in a map that has grown to hold `entries` keys.
std::uint32_t hash_map_bucket(std::string_view key, std::size_t entries);

}  // namespace stepwell::asl
