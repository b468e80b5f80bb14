#include "server/durations.h"

#include <charconv>

namespace stepwell::server {

std::optional<Duration> parse_duration(std::string_view text) {
  constexpr Duration longest = std::chrono::days(100 * 365);
  if (text.empty()) return std::nullopt;
  const char unit = text.back();
  text.remove_suffix(1);
  std::uint32_t count = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), count);
  if (text.empty() || parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size() || count == 0)
    return std::nullopt;
  Duration span{};
  switch (unit) {
    case 'd': span = std::chrono::days(std::int64_t{count}); break;
    case 'h': span = std::chrono::hours(count); break;
    case 'm': span = std::chrono::minutes(count); break;
    case 's': span = std::chrono::seconds(count); break;
    default: return std::nullopt;
  }
  return span <= longest ? std::optional(span) : std::nullopt;
}

}  // namespace stepwell::server
