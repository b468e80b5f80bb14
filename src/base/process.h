#pragma once
// The port for running other programs. Implementation: net/process.h.

#include "base/error.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stepwell {

struct ProcessSpec {
  std::vector<std::string> command;                              // program (absolute path) and arguments
  std::vector<std::pair<std::string, std::string>> environment;  // the whole of it; nothing is inherited
  std::string working_directory;
  std::uint64_t max_memory_bytes = 0;  // address space; 0: no bound
  std::uint64_t max_open_files = 1024;
};

// How a process ended.
struct ProcessExit {
  int code = 0;    // exit code, when it ended by itself
  int signal = 0;  // the signal that ended it, else 0
};

// A running child in a process group of its own that dies with this program. Destroying it kills the whole group.
class Process {
 public:
  virtual ~Process() = default;
  virtual int pid() const = 0;
  virtual void kill() = 0;    // SIGKILL to the whole group
  virtual void freeze() = 0;  // the whole group stands still (SIGSTOP) until it is thawed or killed
  virtual void thaw() = 0;
};

class ProcessLauncher {
 public:
  virtual ~ProcessLauncher() = default;
  // Callbacks run on the loop's thread. `on_output` gets standard output and standard error as they come (any cut);
  // `on_exit` is called once, after the last output. Error "ProcessNotStarted" with the reason.
  virtual Result<std::unique_ptr<Process>> launch(ProcessSpec spec, std::function<void(std::string_view)> on_output,
                                                  std::function<void(ProcessExit)> on_exit) = 0;
};

}  // namespace stepwell
