#pragma once
// The port for running containers: what ECS tasks and Batch jobs run in. Implementation: services/containers; tests
// bring their own.
//
// A container is known by its name, which its owner chooses and which says what it is for (a task's id and the
// container's name in it): starting a name that is there already starts nothing, so that what a commit has promised can
// be asked for again after a crash. Containers outlive this program; after a restart their owner lists them by label
// and waits again.

#include "base/error.h"
#include "base/task.h"
#include "base/time.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stepwell::containers {

struct Spec {
  std::string name;                      // [a-zA-Z0-9][a-zA-Z0-9_.-]*, unique among the engine's
  std::string image;                     // as `podman run` takes it; fetched where it is not there
  std::vector<std::string> entry_point;  // empty: the image's
  std::vector<std::string> command;      // likewise
  std::vector<std::pair<std::string, std::string>> environment;  // added to the image's
  std::vector<std::pair<std::string, std::string>> labels;       // how its owner finds it again
  std::string working_directory;                                 // empty: the image's
  std::string user;                                              // likewise
  std::uint64_t memory_bytes = 0;                                // 0: no bound
  double cpus = 0;                                               // 0: no bound
  bool read_only_root = false;
};

// How a container ended.
struct End {
  int exit_code = 0;
  bool out_of_memory = false;
  Timestamp started{};
  Timestamp ended{};
};

struct Listed {
  std::string name;
  std::vector<std::pair<std::string, std::string>> labels;
  bool running = false;
};

// Errors of all: "ContainersUnavailable" (no engine; the message says what to install or set), "ContainerEngineFailed"
// with what the engine answered.
class Containers {
 public:
  virtual ~Containers() = default;
  // Whether anything can run: finds the engine where it has not been found yet.
  virtual Task<Result<void>> ready() { co_return Result<void>(); }
  // Returns when it runs. Also "ImageNotFound", "ContainerNotStarted" with the reason (its command is not there, …).
  virtual Task<Result<void>> start(Spec spec) = 0;
  // Returns when it has ended; at once where it has. Also "ContainerNotFound".
  virtual Task<Result<End>> wait(std::string name) = 0;
  // Standard output and error, line by line from the first line that is not older than `since`, until it ends.
  virtual Task<Result<void>> follow(std::string name, Timestamp since,
                                    std::function<void(Timestamp, std::string_view line)> on_line) = 0;
  // SIGTERM, and SIGKILL when `grace` is over; returns when it has ended. No error where it is not there.
  virtual Task<Result<void>> stop(std::string name, Duration grace) = 0;
  // Forgets one that has ended. No error where it is not there.
  virtual Task<Result<void>> remove(std::string name) = 0;
  // Those with that label, running or ended.
  virtual Task<Result<std::vector<Listed>>> list(std::string label, std::string value) = 0;
};

}  // namespace stepwell::containers
