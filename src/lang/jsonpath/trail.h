#pragma once
// Where an evaluation stands, kept on the stack as a chain so that a text is made only for an error.

#include <cstdint>
#include <string>
#include <string_view>

namespace stepwell::jsonpath {

struct Trail {
  enum class Kind : std::uint8_t { root, member, element };

  const Trail* parent = nullptr;
  Kind kind = Kind::root;
  std::string_view name = {};
  std::int64_t index = 0;

  Trail member(std::string_view key) const { return {this, Kind::member, key, 0}; }
  Trail element(std::int64_t at) const { return {this, Kind::element, {}, at}; }
};

// $['a'][0]
std::string to_text(const Trail& trail);

}  // namespace stepwell::jsonpath
