#pragma once
// Containers by an engine that speaks Docker's HTTP API on a Unix socket: Podman or Docker (the operations that are
// used are in every version of it since 1.24).
//
// The engine is looked for when it is first needed (finder.h), and again when it has gone. Containers use the network
// of the machine, so they reach this server where everybody does, and have its limits of open files and processes.
// They belong to the engine and outlive this program.

#include "base/containers.h"
#include "base/http_client.h"
#include "base/ports.h"
#include "base/process.h"
#include "base/timer.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace stepwell::containers {

// What each container may have at most; 0: what the engine gives.
struct Allowance {
  std::uint64_t open_files = 0;
  std::uint64_t processes = 0;
};

struct EnginePorts {
  http::Client& client;
  ProcessLauncher& processes;
  Scheduler& scheduler;
  Log& log;
  std::string socket;                      // unix:///path of the engine that is to be used; empty: it is looked for
  std::vector<std::string> usual_sockets;  // where engines are, the best first
  std::string search_path;                 // where podman is looked for, as in PATH
  std::vector<std::pair<std::string, std::string>> environment;  // that podman is started with
  std::filesystem::path work_directory;                          // of the socket of a podman that is started here
  // Whether the machine has the second version of control groups, as all of Podman's runtimes expect it.
  bool unified_control_groups = true;
  bool root_is_mounted = true;  // whether / is a mount point; podman needs that
  Allowance allowance;
};

struct EngineLimits {
  std::size_t running = 100;  // containers that run at once; further ones wait to be started
  std::size_t starting = 4;   // that are being started at once
  std::size_t answer_bytes = 32U << 20U;
  std::size_t line_bytes = 250'000;  // of what containers write; longer lines are cut into pieces
};

class Engine final : public Containers {
 public:
  explicit Engine(EnginePorts ports, const EngineLimits& limits = {});
  // Ends the podman that it has started, but no container.
  ~Engine() override;

  Task<Result<void>> ready() override;
  Task<Result<void>> start(Spec spec) override;
  Task<Result<End>> wait(std::string name) override;
  Task<Result<void>> follow(std::string name, Timestamp since,
                            std::function<void(Timestamp, std::string_view line)> on_line) override;
  Task<Result<void>> stop(std::string name, Duration grace) override;
  Task<Result<void>> remove(std::string name) override;
  Task<Result<std::vector<Listed>>> list(std::string label, std::string value) override;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace stepwell::containers
