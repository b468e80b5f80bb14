#pragma once
// The real world behind the ports of base: the wall clock, a seeded generator, the log on standard error.

#include "base/ports.h"

#include <memory>

namespace stepwell::server {

class SystemClock final : public Clock {
 public:
  Timestamp now() override;
};

// A generator seeded by the operating system.
std::unique_ptr<Random> make_random();

// Lines on standard error; with colours where that is a terminal.
class ConsoleLog final : public Log {
 public:
  explicit ConsoleLog(Level least) : least_(least) {}
  void write(Level level, std::string_view message) override;

 private:
  Level least_;
};

}  // namespace stepwell::server
