#pragma once
// Bytes of unknown origin as text.

#include <string>
#include <string_view>

namespace stepwell::asl::intrinsics {

// The bytes as UTF-8, with U+FFFD for every part that is none.
std::string as_utf8(std::string_view bytes);

}  // namespace stepwell::asl::intrinsics
