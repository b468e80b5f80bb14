#include "server/config/environment.h"
#include "server/wiring/parts.h"
#include "services/containers/engine.h"

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

namespace stepwell::server {
namespace {

namespace fs = std::filesystem;

// What Podman looks at, and no secrets of this program.
constexpr auto variables_of_podman = std::to_array<const char*>({
    "CONTAINERS_CONF",
    "CONTAINERS_REGISTRIES_CONF",
    "CONTAINERS_STORAGE_CONF",
    "DBUS_SESSION_BUS_ADDRESS",
    "HOME",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "LANG",
    "LOGNAME",
    "NO_PROXY",
    "PATH",
    "REGISTRY_AUTH_FILE",
    "SSL_CERT_FILE",
    "STORAGE_DRIVER",
    "STORAGE_OPTS",
    "TMPDIR",
    "USER",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_RUNTIME_DIR",
});

std::vector<std::pair<std::string, std::string>> environment_of_podman(const Environment& environment) {
  std::vector<std::pair<std::string, std::string>> variables;
  for (const char* name : variables_of_podman) {
    if (auto value = environment(name)) variables.emplace_back(name, *std::move(value));
  }
  return variables;
}

std::vector<std::string> usual_sockets(const Environment& environment) {
  std::vector<std::string> sockets;
  const auto own = environment("XDG_RUNTIME_DIR");
  for (const std::string_view engine : {"podman/podman.sock", "docker.sock"}) {
    if (own) sockets.push_back(fmt::format("{}/{}", *own, engine));
    sockets.push_back(fmt::format("/run/{}", engine));
  }
  return sockets;
}

std::uint64_t hard_limit(__rlimit_resource resource) {
  rlimit limit{};
  const bool bounded = getrlimit(resource, &limit) == 0 && limit.rlim_max != RLIM_INFINITY;
  return bounded ? limit.rlim_max : 0;
}

// An engine would give each container more than a process that may not raise its limits can: so they are asked for.
// Podman counts no process beyond the greatest number that the system gives to one.
std::uint64_t processes_each() {
  const std::uint64_t limit = hard_limit(RLIMIT_NPROC);
  std::uint64_t greatest = 0;
  std::ifstream("/proc/sys/kernel/pid_max") >> greatest;
  return limit == 0 || greatest == 0 ? limit : std::min(limit, greatest);
}

bool root_is_mounted() {
  struct statx root{};
  if (::statx(AT_FDCWD, "/", 0, STATX_TYPE, &root) != 0) return true;
  return (root.stx_attributes_mask & STATX_ATTR_MOUNT_ROOT) == 0 || (root.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
}

fs::path work_directory(const NodeParts& parts) {
  if (parts.keeps_data()) return fs::absolute(parts.options.data_dir) / "containers";
  return fs::temp_directory_path() / fmt::format("stepwell-{}", ::getpid()) / "containers";
}

}  // namespace

// Nothing is looked for before it is needed.
Result<void> open_containers(NodeParts& parts) {
  const Environment environment = process_environment();
  std::string socket = parts.options.container_socket;
  if (socket.empty()) socket = environment("DOCKER_HOST").value_or("");
  parts.containers = std::make_unique<containers::Engine>(containers::EnginePorts{
      .client = parts.client,
      .processes = parts.processes,
      .scheduler = parts.loop,
      .log = parts.log,
      .socket = std::move(socket),
      .usual_sockets = usual_sockets(environment),
      .search_path = fmt::format("{}:/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin",
                                 environment("PATH").value_or("")),
      .environment = environment_of_podman(environment),
      .work_directory = work_directory(parts),
      .unified_control_groups = fs::exists("/sys/fs/cgroup/cgroup.controllers"),
      .root_is_mounted = root_is_mounted(),
      .allowance = {.open_files = hard_limit(RLIMIT_NOFILE), .processes = processes_each()}});
  return {};
}

}  // namespace stepwell::server
