#pragma once
// Child processes on a Loop: a process group each, a clean environment, resource limits, output by pipes, exit by
// pidfd.

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
