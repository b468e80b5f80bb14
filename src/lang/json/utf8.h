#pragma once
// UTF-8 sequence by sequence (RFC 3629).

#include <cstddef>
#include <cstdint>

namespace stepwell::json {

// Length of the valid sequence at `at`, whose first byte is beyond ASCII; 0 when there is none: overlong, a surrogate,
// above U+10FFFF, cut off or a stray continuation byte.
std::size_t utf8_sequence(const char* at, const char* end);

// Writes a code point (no surrogate, at most U+10FFFF) and returns its length, 1 to 4.
std::size_t encode_utf8(std::uint32_t code_point, char* to);

}  // namespace stepwell::json
