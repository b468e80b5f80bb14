#pragma once
// What a test needs a process of its own for: one that is killed, that has a volume or limits of its own. The process
// is this program again, told the name of a scenario, a directory and a file descriptor to write to.

#include <optional>
#include <string>
#include <sys/types.h>

namespace stepwell::store {

// The exit code of a scenario that this machine does not let run.
inline constexpr int scenario_impossible = 77;

// Commits without end and writes the number of each acknowledged commit to the descriptor, as 4 bytes.
int commit_until_killed(const std::string& directory, int acknowledgements);

// On a small volume: fills it, makes room and goes on. Without a reserve, RocksDB's own writing meets the full volume.
int fill_the_volume(const std::string& directory, int);
int fill_the_volume_to_the_brim(const std::string& directory, int);

// Where files can be a megabyte large, and so the log: writes until that fails.
int write_until_the_log_fails(const std::string& directory, int);

pid_t start_scenario(const char* name, const std::string& directory, int descriptor = -1);
int exit_code_of_scenario(const char* name, const std::string& directory);

// The exit code when the arguments of the program name a scenario.
std::optional<int> run_scenario(int argc, char** argv);

}  // namespace stepwell::store
