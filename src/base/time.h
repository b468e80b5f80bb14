#pragma once
// Time as values. A Timestamp is wall-clock time in milliseconds since the Unix epoch, the resolution AWS reports; a
// Duration is a span of milliseconds. Nothing here reads a clock: see Clock in base/ports.h.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace stepwell {

using Duration = std::chrono::milliseconds;
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

// "2024-05-01T10:20:30.123Z"
std::string format_rfc3339(Timestamp time);

// The RFC 3339 profile of the Amazon States Language: capital T, and capital Z or a numeric offset, any number of
// fraction digits (kept to the millisecond, the rest dropped). Anything else is nullopt.
std::optional<Timestamp> parse_rfc3339(std::string_view text);

}  // namespace stepwell
