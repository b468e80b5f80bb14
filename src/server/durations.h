#pragma once
// Spans of time as a command line writes them: 90d, 12h, 30m, 10s.

#include "base/time.h"

#include <optional>
#include <string_view>

namespace stepwell::server {

// At least a second, at most a hundred years; nullopt: not such a text.
std::optional<Duration> parse_duration(std::string_view text);

}  // namespace stepwell::server
