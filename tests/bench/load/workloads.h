#pragma once
// The loads that there are: one file each, and a line in workloads.def.

#include "load/closed_loop.h"

#include <map>
#include <string>
#include <string_view>

namespace stepwell::load {

// NAME=VALUE of the command line.
class Settings {
 public:
  explicit Settings(std::map<std::string, std::string, std::less<>> values) : values_(std::move(values)) {}
  const std::string& text(std::string_view name) const;  // ends the program where it is not given
  std::string text(std::string_view name, std::string_view usual) const;
  long number(std::string_view name) const;
  long number(std::string_view name, long usual) const;
  std::uint16_t port() const { return static_cast<std::uint16_t>(number("port")); }

 private:
  std::map<std::string, std::string, std::less<>> values_;
};

#define WORKLOAD(name) void run_##name(const Settings& settings);
#include "load/workloads.def"
#undef WORKLOAD

}  // namespace stepwell::load
