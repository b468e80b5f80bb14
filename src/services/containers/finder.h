#pragma once
// Where the container engine is, found when it is first needed:
//
//   1. the socket that the operator has named, and no other then;
//   2. the usual places, where something answers there;
//   3. podman on the PATH: `podman system service` is started as a child that lives as long as this program needs it.
//      On a machine without the second version of control groups it is told to use runc, for crun refuses those.
//
// Errors "ContainersUnavailable": what was looked for, and what to do.

#include "base/async_mutex.h"
#include "base/error.h"
#include "services/containers/engine.h"

#include <memory>
#include <optional>
#include <string>

namespace stepwell::containers {

class Finder {
 public:
  explicit Finder(const EnginePorts& ports) : ports_(ports) {}

  // The path of a socket on which an engine answers.
  Task<Result<std::string>> find();
  // Nobody answers there any more: it is looked for again.
  void lost(const std::string& socket);

 private:
  // A podman of ours.
  struct Podman {
    std::unique_ptr<Process> process;
    std::string output;  // the end of it
    std::optional<ProcessExit> end;
  };

  Task<bool> answers(std::string socket);
  Task<Result<std::string>> search();
  Task<Result<std::string>> start_podman(std::string program);
  Result<std::string> own_socket() const;
  std::optional<std::string> program(std::string_view name) const;
  Result<std::shared_ptr<Podman>> launch(std::string program, const std::string& socket);

  const EnginePorts& ports_;
  AsyncMutex searching_;
  std::optional<std::string> found_;
  std::shared_ptr<Podman> podman_;
};

// unix:///run/podman/podman.sock: the path. Error "ContainersUnavailable".
Result<std::string> path_of_socket(std::string_view text);

}  // namespace stepwell::containers
