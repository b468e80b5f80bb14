#include "net/process.h"

#include "net/asio.h"
#include "net/context.h"
#include "net/spawn.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <sys/wait.h>
#include <utility>

namespace stepwell::net {
namespace {

constexpr std::size_t kReadAtOnce = 64U << 10U;
constexpr std::size_t kMaxLastOutput = 1U << 20U;  // the largest pipe that an unprivileged process can make

// A child until it is reaped, which may be after its Process is gone.
class Child final : public std::enable_shared_from_this<Child> {
 public:
  Child(asio::io_context& io, Spawned spawned, std::function<void(std::string_view)> on_output,
        std::function<void(ProcessExit)> on_exit)
      : pid_(spawned.pid),
        pidfd_(io.get_executor(), spawned.pidfd.release()),
        output_(io.get_executor(), spawned.output.release()),
        on_output_(std::move(on_output)),
        on_exit_(std::move(on_exit)) {}
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() { kill(); }

  void watch() {
    await_output();
    await_end();
  }

  int pid() const { return pid_; }

  // Until it is reaped, the leader's number is its own, even if it has ended.
  void kill() const { signal(SIGKILL); }
  void signal(int number) const {
    if (!reaped_) ::kill(-pid_, number);
  }

  void abandon() {
    abandoned_ = true;
    close_output();
    kill();
  }

 private:
  void await_output() {
    output_.async_wait(Descriptor::wait_read, [self = shared_from_this()](error_code failure) {
      if (failure || !self->output_.is_open()) return;
      self->pass_on_output(kReadAtOnce);
      if (self->output_.is_open()) self->await_output();
    });
  }

  void await_end() {
    pidfd_.async_wait(Descriptor::wait_read, [self = shared_from_this()](error_code failure) {
      if (failure) return;
      if (self->has_ended())
        self->ended();
      else
        self->await_end();
    });
  }

  // Asked again when told so: what was told can be of a descriptor that had this number before.
  bool has_ended() {
    siginfo_t info{};
    constexpr int look_only = WEXITED | WNOHANG | WNOWAIT;
    return waitid(P_PIDFD, static_cast<id_t>(pidfd_.native_handle()), &info, look_only) == 0 && info.si_pid != 0;
  }

  // Reads what is there, up to a limit.
  void pass_on_output(std::size_t limit) {
    std::array<char, kReadAtOnce> buffer;
    for (std::size_t total = 0; total < limit && output_.is_open();) {
      const auto bytes = ::read(output_.native_handle(), buffer.data(), buffer.size());
      if (bytes < 0 && errno == EINTR) continue;
      if (bytes < 0 && errno == EAGAIN) return;
      if (bytes <= 0) return close_output();
      total += static_cast<std::size_t>(bytes);
      on_output_({buffer.data(), static_cast<std::size_t>(bytes)});
    }
  }

  void close_output() {
    error_code ignored;
    output_.close(ignored);
  }

  void ended() {
    kill();  // the rest of the group, while its number is certainly its own
    siginfo_t info{};
    waitid(P_PIDFD, static_cast<id_t>(pidfd_.native_handle()), &info, WEXITED);
    reaped_ = true;
    pass_on_output(kMaxLastOutput);
    close_output();
    const auto on_output = std::exchange(on_output_, {});
    const auto on_exit = std::exchange(on_exit_, {});
    const bool by_itself = info.si_code == CLD_EXITED;
    if (!abandoned_) on_exit({.code = by_itself ? info.si_status : 0, .signal = by_itself ? 0 : info.si_status});
  }

  const pid_t pid_;
  Descriptor pidfd_;
  Descriptor output_;
  std::function<void(std::string_view)> on_output_;
  std::function<void(ProcessExit)> on_exit_;
  bool reaped_ = false;
  bool abandoned_ = false;
};

class RunningProcess final : public Process {
 public:
  explicit RunningProcess(std::shared_ptr<Child> child) : child_(std::move(child)) {}
  RunningProcess(const RunningProcess&) = delete;
  RunningProcess& operator=(const RunningProcess&) = delete;
  ~RunningProcess() override { child_->abandon(); }

  int pid() const override { return child_->pid(); }
  void kill() override { child_->kill(); }
  void freeze() override { child_->signal(SIGSTOP); }
  void thaw() override { child_->signal(SIGCONT); }

 private:
  const std::shared_ptr<Child> child_;
};

}  // namespace

Result<std::unique_ptr<Process>> ProcessLauncher::launch(ProcessSpec spec,
                                                         std::function<void(std::string_view)> on_output,
                                                         std::function<void(ProcessExit)> on_exit) {
  TRY_ASSIGN(auto spawned, spawn(spec));
  auto child =
      std::make_shared<Child>(loop_->context().io, std::move(spawned), std::move(on_output), std::move(on_exit));
  child->watch();
  return std::make_unique<RunningProcess>(std::move(child));
}

}  // namespace stepwell::net
