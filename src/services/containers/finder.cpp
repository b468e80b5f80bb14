#include "services/containers/finder.h"

#include "services/containers/errors.h"
#include "services/containers/pause.h"

#include <algorithm>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

namespace stepwell::containers {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view no_mount =
    "Podman cannot unpack images here: / is no mount point (a chroot). Name a socket with --container-socket.";
constexpr std::string_view what_to_do = "install podman (apt install podman), or name a socket with --container-socket";
constexpr std::size_t longest_socket = 100;  // a bit less than what a Unix address holds
constexpr std::size_t max_output = 4'096;
constexpr Duration ping_timeout{5'000};
constexpr Duration between_pings{20};
constexpr int pings_of_start = 1'000;

}  // namespace

Result<std::string> path_of_socket(std::string_view text) {
  constexpr std::string_view scheme = "unix://";
  const std::string_view path = text.starts_with(scheme) ? text.substr(scheme.size()) : text;
  if (path.starts_with('/')) return std::string(path);
  return fail(errors::unavailable(
      fmt::format("The container engine is at {}, which is no Unix socket; expected unix:///path.", text)));
}

Task<Result<std::string>> Finder::find() {
  if (found_) co_return *found_;
  const auto lock = co_await searching_.lock();
  if (found_) co_return *found_;
  auto socket = co_await search();
  if (socket) found_ = *socket;
  co_return socket;
}

void Finder::lost(const std::string& socket) {
  if (found_ == socket) found_.reset();
}

Task<bool> Finder::answers(std::string socket) {
  http::Call ping;
  ping.url = "http://engine/_ping";
  ping.request.method = "GET";
  ping.timeout = ping_timeout;
  ping.socket = std::move(socket);
  const auto answer = co_await ports_.client.send(std::move(ping));
  co_return answer && answer->status == 200;
}

Task<Result<std::string>> Finder::search() {
  if (!ports_.socket.empty()) {
    CO_TRY_ASSIGN(std::string named, path_of_socket(ports_.socket));
    if (co_await answers(named)) co_return named;
    co_return fail(errors::unavailable(fmt::format("No container engine answers at {}.", ports_.socket)));
  }
  for (const std::string& place : ports_.usual_sockets) {
    std::error_code ignored;
    if (fs::exists(place, ignored) && co_await answers(place)) co_return place;
  }
  auto podman = program("podman");
  if (!podman) co_return fail(errors::unavailable(fmt::format("No container engine: {}.", what_to_do)));
  if (!ports_.root_is_mounted) co_return fail(errors::unavailable(std::string(no_mount)));
  co_return co_await start_podman(*std::move(podman));
}

std::optional<std::string> Finder::program(std::string_view name) const {
  std::string_view rest = ports_.search_path;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(':'), rest.size());
    std::string path = fmt::format("{}/{}", rest.substr(0, end), name);
    if (end > 0 && ::access(path.c_str(), X_OK) == 0) return path;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return std::nullopt;
}

// In a folder that nobody else may enter: who may speak to the engine may do everything that it may.
Result<std::string> Finder::own_socket() const {
  std::error_code failure;
  fs::create_directories(ports_.work_directory, failure);
  if (!failure) fs::permissions(ports_.work_directory, fs::perms::owner_all, failure);
  if (failure) {
    return fail(errors::unavailable(
        fmt::format("Podman cannot be started: {}: {}", ports_.work_directory.string(), failure.message())));
  }
  std::string socket = ports_.work_directory / "podman.sock";
  if (socket.size() <= longest_socket) return socket;
  return fail(errors::unavailable(fmt::format(
      "Podman cannot be started: {} is too long for a socket. Give a shorter --data-dir, or name a socket with "
      "--container-socket.",
      socket)));
}

Result<std::shared_ptr<Finder::Podman>> Finder::launch(std::string program, const std::string& socket) {
  ProcessSpec spec{.command = {std::move(program)}, .environment = ports_.environment};
  if (!ports_.unified_control_groups && this->program("runc")) {
    spec.command.insert(spec.command.end(), {"--runtime", "runc"});
  }
  spec.command.insert(spec.command.end(), {"system", "service", "--time=0", "unix://" + socket});
  spec.working_directory = ports_.work_directory;
  spec.max_open_files = 0;
  auto podman = std::make_shared<Podman>();
  const auto on_output = [podman](std::string_view text) {
    podman->output += text;
    if (podman->output.size() > max_output) podman->output.erase(0, podman->output.size() - max_output);
  };
  const auto on_exit = [podman](ProcessExit end) { podman->end = end; };
  auto process = ports_.processes.launch(std::move(spec), on_output, on_exit);
  if (!process) {
    return fail(errors::unavailable(fmt::format("Podman cannot be started: {}", process.error().message)));
  }
  podman->process = std::move(*process);
  return podman;
}

// One that still runs is used as it is: it may have been left by this program when that was killed.
Task<Result<std::string>> Finder::start_podman(std::string program) {
  CO_TRY_ASSIGN(std::string socket, own_socket());
  if (co_await answers(socket)) co_return socket;
  podman_.reset();
  std::error_code ignored;
  fs::remove(socket, ignored);
  CO_TRY_ASSIGN(podman_, launch(std::move(program), socket));
  for (int ping = 0; ping < pings_of_start && !podman_->end; ++ping) {
    if (co_await answers(socket)) {
      ports_.log.info(fmt::format("containers are run by podman ({})", socket));
      co_return socket;
    }
    co_await pause(ports_.scheduler, between_pings);
  }
  const auto podman = std::exchange(podman_, nullptr);
  co_return fail(
      errors::unavailable(fmt::format("Podman's service {}: {}", podman->end ? "has ended" : "does not answer",
                                      podman->output.empty() ? "(it has said nothing)" : podman->output)));
}

}  // namespace stepwell::containers
