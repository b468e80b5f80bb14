#pragma once
// Child processes on a Loop. A child gets
//   - a process group of its own, killed as a whole when its leader ends, when it is told to, and with its Process
//   object;
//     what has left the group (setsid) is beyond reach, and orphans are reaped by the system's init process;
//   - SIGKILL when the thread that has launched it ends (PR_SET_PDEATHSIG is bound to the thread, not to the process):
//   the
//     thread of the loop has to live as long as the program wants its children;
//   - the given environment and nothing else, /dev/null as standard input, one pipe as standard output and standard
//   error,
//     no other file, default signal actions, no core dumps, the given limits. Without a working directory it starts in
//     ours.
//
// Output is read as it comes and passed on at once, nothing is kept; a child that writes faster than it is read waits.
// It has ended when its leader has, even if the pipe is still open elsewhere: then what is in the pipe is passed on,
// and `on_exit` follows.

#include "base/process.h"
#include "net/loop.h"

namespace stepwell::net {

class ProcessLauncher final : public stepwell::ProcessLauncher {
 public:
  explicit ProcessLauncher(Loop& loop) : loop_(&loop) {}
  Result<std::unique_ptr<Process>> launch(ProcessSpec spec, std::function<void(std::string_view)> on_output,
                                          std::function<void(ProcessExit)> on_exit) override;

 private:
  Loop* loop_;
};

}  // namespace stepwell::net
