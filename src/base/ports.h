#pragma once
// The outside world as interfaces: time, chance, the log. The engine and the services see only these, so that a test or
// the simulator can hand in its own. HTTP is in base/http_client.h.

#include "base/time.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace stepwell {

// Wall-clock time; may jump. Implementations: server/system_clock.h, tests.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Timestamp now() = 0;
};

// A source of chance. Secrets (token keys) come from `crypto/random.h`, never from here.
class Random {
 public:
  virtual ~Random() = default;
  virtual std::uint64_t next() = 0;  // uniform over all 64-bit values
};

// xorshift-class generator with a seed: reproducible.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() override;

 private:
  std::uint64_t state_;
};

// A version 4 UUID in lower-case hexadecimal, as AWS makes execution names.
std::string make_uuid(Random& random);

// The operator's log: one line an event. Secrets and payloads of users are never written.
class Log {
 public:
  enum class Level { debug, info, warning, error };
  virtual ~Log() = default;
  virtual void write(Level level, std::string_view message) = 0;
  void debug(std::string_view message) { write(Level::debug, message); }
  void info(std::string_view message) { write(Level::info, message); }
  void warning(std::string_view message) { write(Level::warning, message); }
  void error(std::string_view message) { write(Level::error, message); }
};

}  // namespace stepwell
