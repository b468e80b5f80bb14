#pragma once
// Times in values: milliseconds since the epoch.

#include "base/time.h"
#include "store/codec.h"

#include <cstdint>
#include <optional>

namespace stepwell::store {

inline std::int64_t millis(Timestamp time) { return time.time_since_epoch().count(); }
inline Timestamp timestamp(std::int64_t millis) { return Timestamp{Duration{millis}}; }

inline void put_time(ValueWriter& out, Timestamp time) { out.signed_varint(millis(time)); }
inline Timestamp get_time(ValueReader& in) { return timestamp(in.signed_varint()); }

// 0: none; the time is one more otherwise.
inline void put_optional(ValueWriter& out, const std::optional<Timestamp>& time) {
  out.varint(time ? static_cast<std::uint64_t>(millis(*time)) + 1 : 0);
}
inline std::optional<Timestamp> get_optional(ValueReader& in) {
  const std::uint64_t value = in.varint();
  return value == 0 ? std::nullopt : std::optional(timestamp(static_cast<std::int64_t>(value - 1)));
}

}  // namespace stepwell::store
