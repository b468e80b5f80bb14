#pragma once
// The number of the on-disk format, kept in every store that outlives its process: table `meta`, key "format", a
// varint. It changes when a program that knows only the old number would misread the tables.

#include "base/error.h"
#include "store/store.h"

#include <cstdint>
#include <string_view>

namespace stepwell::store {

inline constexpr std::string_view format_key = "format";
inline constexpr std::uint64_t format_number = 1;

// Writes the number into an empty store, accepts a store that has it, and refuses every other with "DataFormatUnknown".
// Waits for the commit. `place` names the store in the message.
Result<void> ensure_format(Store& store, std::string_view place);

}  // namespace stepwell::store
