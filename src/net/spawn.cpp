#include "net/spawn.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <memory>
#include <sched.h>
#include <string_view>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <system_error>

#include <fmt/format.h>

namespace stepwell::net {
namespace {

constexpr std::size_t kChildStack = 64U << 10U;
constexpr int kFirstFree = 3;  // behind the standard descriptors

std::unexpected<Error> not_started(std::string_view doing, int error) {
  return fail({.fault = Fault::server,
               .code = "ProcessNotStarted",
               .message = fmt::format("Cannot {}: {}", doing, std::generic_category().message(error)),
               .detail = {}});
}

// What the child needs, made ready by the parent: the child must not allocate. It leaves the failure here, for the
// memory is the parent's.
struct Plan {
  char* const* arguments;
  char* const* environment;
  const char* working_directory;  // or null
  rlimit memory;
  rlimit files;
  int input;
  int output;
  pid_t parent;
  const char* failed_step = nullptr;
  int error = 0;
};

// Runs in the child, on borrowed memory: system calls only. Not instrumented: a sanitizer would take marks on a stack
// that is abandoned for marks on whatever comes to lie there.
[[clang::no_sanitize("address", "undefined")]] int run_child(void* argument) {
  auto* plan = static_cast<Plan*>(argument);
  constexpr rlimit kNoCore{0, 0};
  struct sigaction standard{};
  standard.sa_handler = SIG_DFL;
  sigset_t none;

  plan->failed_step = "make a process group";
  if (setpgid(0, 0) != 0) goto failed;
  plan->failed_step = "bind the process to its parent";
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) goto failed;
  if (getppid() != plan->parent) return 1;  // too late: the parent has died
  plan->failed_step = "set the limits of the process";
  if (setrlimit(RLIMIT_CORE, &kNoCore) != 0 || setrlimit(RLIMIT_NOFILE, &plan->files) != 0) goto failed;
  if (setrlimit(RLIMIT_AS, &plan->memory) != 0) goto failed;
  plan->failed_step = "redirect input and output";
  if (dup2(plan->input, 0) < 0 || dup2(plan->output, 1) < 0 || dup2(plan->output, 2) < 0) goto failed;
  plan->failed_step = "enter the working directory";
  if (plan->working_directory != nullptr && chdir(plan->working_directory) != 0) goto failed;
  plan->failed_step = "close other files";
  if (close_range(kFirstFree, ~0U, 0) != 0) goto failed;
  // The parent's handlers must not run here: they go before the signals are let in.
  for (int signal = 1; signal < NSIG; ++signal) sigaction(signal, &standard, nullptr);
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  plan->failed_step = "run the program";
  execve(plan->arguments[0], plan->arguments, plan->environment);
failed:
  plan->error = errno;
  return 1;
}

// Pointers as execve takes them; the strings stay where they are.
std::vector<char*> pointers(std::vector<std::string>& strings) {
  std::vector<char*> result;
  result.reserve(strings.size() + 1);
  for (auto& string : strings) result.push_back(string.data());
  result.push_back(nullptr);
  return result;
}

bool has_nul(std::string_view text) { return text.contains('\0'); }

bool is_sound(const ProcessSpec& spec) {
  return !spec.command.empty() && spec.command.front().starts_with('/') &&
         std::ranges::none_of(spec.command, has_nul) && !has_nul(spec.working_directory) &&
         std::ranges::none_of(spec.environment, [](const auto& variable) {
           return variable.first.empty() || variable.first.contains('=') || has_nul(variable.first) ||
                  has_nul(variable.second);
         });
}

// The limit as asked for, as far as this process may set it; 0 asks for none.
rlimit limit_of(__rlimit_resource resource, std::uint64_t asked) {
  rlimit limit{};
  getrlimit(resource, &limit);
  if (asked != 0) limit.rlim_cur = limit.rlim_max = std::min<rlim_t>(asked, limit.rlim_max);
  return limit;
}

// A descriptor that is not taken for standard input or output in the child, even if this process has closed its own.
FileDescriptor out_of_the_way(FileDescriptor descriptor) {
  if (!descriptor.is_open() || descriptor.get() >= kFirstFree) return descriptor;
  return FileDescriptor(fcntl(descriptor.get(), F_DUPFD_CLOEXEC, kFirstFree));
}

// Lets no signal in while it lives.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_;
};

// Makes the child run the plan. It ends or has become the program when this returns.
pid_t clone_child(Plan& plan, FileDescriptor& pidfd) {
  const auto stack = std::make_unique_for_overwrite<std::byte[]>(kChildStack);
  const SignalsBlocked blocked;
  int number = -1;
  const auto pid =
      clone(run_child, stack.get() + kChildStack, CLONE_VM | CLONE_VFORK | CLONE_PIDFD | SIGCHLD, &plan, &number);
  const auto error = errno;
  pidfd = FileDescriptor(number);
  errno = error;
  return pid;
}

}  // namespace

Result<Spawned> spawn(const ProcessSpec& spec) {
  if (!is_sound(spec))
    return not_started("run a program that is not named by an absolute path, or with a NUL byte in an argument",
                       EINVAL);
  std::array<int, 2> pipe{-1, -1};
  if (pipe2(pipe.data(), O_CLOEXEC) != 0) return not_started("open a pipe", errno);
  FileDescriptor read_end(pipe[0]);
  const auto write_end = out_of_the_way(FileDescriptor(pipe[1]));
  const auto input = out_of_the_way(FileDescriptor(open("/dev/null", O_RDONLY | O_CLOEXEC)));
  if (!write_end.is_open() || !input.is_open() || fcntl(read_end.get(), F_SETFL, O_NONBLOCK) != 0)
    return not_started("open a pipe", errno);

  auto arguments = spec.command;
  std::vector<std::string> environment;
  environment.reserve(spec.environment.size());
  for (const auto& [name, value] : spec.environment) environment.push_back(fmt::format("{}={}", name, value));
  const auto argument_pointers = pointers(arguments);
  const auto environment_pointers = pointers(environment);
  Plan plan{.arguments = argument_pointers.data(),
            .environment = environment_pointers.data(),
            .working_directory = spec.working_directory.empty() ? nullptr : spec.working_directory.c_str(),
            .memory = limit_of(RLIMIT_AS, spec.max_memory_bytes),
            .files = limit_of(RLIMIT_NOFILE, spec.max_open_files),
            .input = input.get(),
            .output = write_end.get(),
            .parent = getpid()};
  Spawned spawned;
  spawned.pid = clone_child(plan, spawned.pidfd);
  if (spawned.pid < 0) return not_started("start a process", errno);
  if (plan.error != 0) {
    waitid(P_PIDFD, static_cast<id_t>(spawned.pidfd.get()), nullptr, WEXITED);
    return not_started(fmt::format("{} ({} in \"{}\")", plan.failed_step, spec.command.front(), spec.working_directory),
                       plan.error);
  }
  spawned.output = std::move(read_end);
  return spawned;
}

}  // namespace stepwell::net
