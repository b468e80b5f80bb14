#pragma once
// Why a pattern is refused, and where Jackson, AWS's parser, stands when it is.

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace stepwell::event_pattern {

// How far the parser has read the value at the pointer.
enum class Reach : std::uint8_t {
  nowhere,  // the refusal names no place
  token,    // its first token; of a text only the quotation mark
  text,     // the text whole
  end,      // the closing bracket
};

struct Refusal {
  std::string reason;
  std::string pointer;  // RFC 6901
  Reach reach = Reach::nowhere;
  // How often the place is told: what is refused inside a list is told once for the list, once for the element.
  unsigned times = 1;
};

template <typename T>
using Read = std::expected<T, Refusal>;

// "\n at [Source: (String)\"…\"; line: 1, column: 11]", as often as it is told. `text` is valid JSON.
std::string place_of(const Refusal& refusal, std::string_view text);

}  // namespace stepwell::event_pattern
