#include "scenarios.h"

#include <array>
#include <cstdlib>
#include <spawn.h>
#include <string_view>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace stepwell::store {
namespace {

constexpr std::string_view scenario_option = "--scenario";

struct Scenario {
  std::string_view name;
  int (*run)(const std::string& directory, int descriptor);
};

constexpr std::array scenarios{
    Scenario{"commit_until_killed", commit_until_killed},
    Scenario{"fill_the_volume", fill_the_volume},
    Scenario{"fill_the_volume_to_the_brim", fill_the_volume_to_the_brim},
    Scenario{"write_until_the_log_fails", write_until_the_log_fails},
};

}  // namespace

std::optional<int> run_scenario(int argc, char** argv) {
  if (argc != 5 || argv[1] != scenario_option) return std::nullopt;
  for (const Scenario& scenario : scenarios) {
    if (scenario.name == argv[2]) return scenario.run(argv[3], std::atoi(argv[4]));
  }
  return EXIT_FAILURE;
}

pid_t start_scenario(const char* name, const std::string& directory, int descriptor) {
  const char* program = "/proc/self/exe";
  const std::string number = fmt::format("{}", descriptor);
  const std::array<const char*, 6> arguments{program,           scenario_option.data(), name,
                                             directory.c_str(), number.c_str(),         nullptr};
  pid_t process = -1;
  EXPECT_EQ(::posix_spawn(&process, program, nullptr, nullptr, const_cast<char* const*>(arguments.data()), environ), 0);
  return process;
}

int exit_code_of_scenario(const char* name, const std::string& directory) {
  const pid_t process = start_scenario(name, directory);
  int status = 0;
  EXPECT_EQ(::waitpid(process, &status, 0), process);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace stepwell::store
