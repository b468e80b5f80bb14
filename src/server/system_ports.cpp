#include "server/system_ports.h"

#include "crypto/seal.h"

#include <cstdio>
#include <unistd.h>

#include <fmt/format.h>

namespace stepwell::server {

Timestamp SystemClock::now() { return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()); }

std::unique_ptr<Random> make_random() {
  const std::string bytes = crypto::random_bytes(sizeof(std::uint64_t));
  std::uint64_t seed = 0;
  std::memcpy(&seed, bytes.data(), sizeof seed);
  return std::make_unique<SeededRandom>(seed);
}

void ConsoleLog::write(Level level, std::string_view message) {
  if (level < least_) return;
  static constexpr std::string_view names[] = {"debug", "info", "warning", "error"};
  static constexpr std::string_view colours[] = {"\033[2m", "\033[36m", "\033[33m", "\033[31m"};
  const bool terminal = isatty(STDERR_FILENO) != 0;
  const auto index = static_cast<std::size_t>(level);
  SystemClock clock;
  const std::string line = fmt::format("{} {}{}{} {}\n", format_rfc3339(clock.now()), terminal ? colours[index] : "",
                                       names[index], terminal ? "\033[0m" : "", message);
  std::fwrite(line.data(), 1, line.size(), stderr);
}

}  // namespace stepwell::server
