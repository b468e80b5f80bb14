#pragma once
// The number of the on-disk format, kept in every store that outlives its process: table `meta`, key "format", a
// varint. It changes when a program that knows only the old number would misread the tables, or would leave out what
// the new one counts on. Data of an older number is upgraded in place by whoever owns the tables (engine/upgrade.h),
// who then writes the new one; data of a newer number, or of one that no program here remembers, is refused.

#include "base/error.h"
#include "store/store.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace stepwell::store {

inline constexpr std::string_view format_key = "format";
inline constexpr std::uint64_t format_number = 2;
inline constexpr std::uint64_t oldest_format = 1;  // that is upgraded

// Writes the number into an empty store, accepts a store that has it or an older one that is upgraded, and refuses
// every other with "DataFormatUnknown". Waits for the commit. `place` names the store in the message.
Result<void> ensure_format(Store& store, std::string_view place);

// The number that the store has; nullopt: none, as a store in memory.
Result<std::optional<std::uint64_t>> read_format(Store& store);
// Waits for the commit.
Result<void> write_format(Store& store, std::uint64_t number);

}  // namespace stepwell::store
