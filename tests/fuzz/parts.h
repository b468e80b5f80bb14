#pragma once
// Inputs of several parts, divided by lines of three dashes.

#include <string_view>

namespace stepwell {

// Takes the first part off; the last one is what is left.
inline std::string_view take_part(std::string_view& rest) {
  constexpr std::string_view line = "\n---\n";
  const std::size_t end = rest.find(line);
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(end == rest.npos ? rest.size() : end + line.size());
  return part;
}

}  // namespace stepwell
