#include "net/process.h"

#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <poll.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace stepwell::net {
namespace {

ProcessSpec shell(std::string script) {
  ProcessSpec spec;
  spec.command = {"/bin/sh", "-c", std::move(script)};
  spec.environment = {{"PATH", "/usr/bin:/bin"}};
  return spec;
}

// A named pipe that tells when the last of those who write to it is gone.
class Fifo {
 public:
  Fifo() : path_(testing::TempDir() + "stepwell-fifo-" + std::to_string(getpid())) {
    std::filesystem::remove(path_);
    EXPECT_EQ(mkfifo(path_.c_str(), 0600), 0);
    descriptor_ = open(path_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    fcntl(descriptor_, F_SETFL, 0);
  }
  ~Fifo() {
    close(descriptor_);
    std::filesystem::remove(path_);
  }
  Fifo(const Fifo&) = delete;
  Fifo& operator=(const Fifo&) = delete;
  const std::string& path() const { return path_; }
  // Waits until every writer has closed it, at least one having written.
  void await_end() {
    char byte = 0;
    while (read(descriptor_, &byte, 1) > 0) {
    }
  }
  void await_byte() {
    pollfd poll{descriptor_, POLLIN, 0};
    ASSERT_EQ(::poll(&poll, 1, 20'000), 1);
    char byte = 0;
    ASSERT_EQ(read(descriptor_, &byte, 1), 1);
  }

 private:
  std::string path_;
  int descriptor_ = -1;
};

class ProcessTest : public testing::Test {
 protected:
  // Starts a program; the loop stops when it ends.
  void launch(ProcessSpec spec) {
    auto result = launcher.launch(
        std::move(spec), [this](std::string_view bytes) { take(bytes); },
        [this](ProcessExit how) {
          exit = how;
          loop.stop();
        });
    ASSERT_TRUE(result) << result.error().message;
    process = std::move(*result);
  }
  void run(ProcessSpec spec) {
    launch(std::move(spec));
    loop.run();
  }
  std::string error_of(ProcessSpec spec) {
    const auto result = launcher.launch(std::move(spec), [](std::string_view) {}, [](ProcessExit) {});
    if (result) return "started";
    EXPECT_EQ(result.error().code, "ProcessNotStarted");
    return result.error().message;
  }
  void take(std::string_view bytes) {
    EXPECT_FALSE(exit) << "output after the exit";
    output += bytes;
    if (on_output) on_output();
  }

  Loop loop;
  ProcessLauncher launcher{loop};
  std::unique_ptr<Process> process;
  std::string output;
  std::optional<ProcessExit> exit;
  std::function<void()> on_output;
};

TEST_F(ProcessTest, PassesOnBothOutputsAndTheExitCode) {
  run(shell("echo out; echo err >&2; exit 7"));
  EXPECT_EQ(output, "out\nerr\n");
  EXPECT_EQ(exit->code, 7);
  EXPECT_EQ(exit->signal, 0);
}

TEST_F(ProcessTest, TellsTheSignalThatEndedIt) {
  run(shell("kill -TERM $$"));
  EXPECT_EQ(exit->signal, SIGTERM);
  EXPECT_EQ(exit->code, 0);
}

TEST_F(ProcessTest, GetsItsEnvironmentAndNothingElse) {
  ProcessSpec spec;
  spec.command = {"/usr/bin/env"};
  spec.environment = {{"A", "1"}, {"B", "two words=x"}};
  run(spec);
  EXPECT_EQ(output, "A=1\nB=two words=x\n");
}

TEST_F(ProcessTest, StartsInItsDirectoryWithNoInput) {
  auto spec = shell("pwd; cat; echo end");
  spec.working_directory = "/usr/bin";
  run(spec);
  EXPECT_EQ(output, "/usr/bin\nend\n");
}

TEST_F(ProcessTest, InheritsNoFilesSignalsOrCoreDumps) {
  const int leaked = open("/dev/null", O_RDONLY);  // NOLINT: not close-on-exec, on purpose
  signal(SIGUSR1, SIG_IGN);
  run(shell("ls /proc/self/fd; grep -E 'Sig(Blk|Ign)' /proc/self/status; ulimit -c"));
  signal(SIGUSR1, SIG_DFL);
  close(leaked);
  EXPECT_EQ(output, "0\n1\n2\n3\nSigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n0\n");  // 3: the listing itself
}

TEST_F(ProcessTest, IsLimited) {
  auto spec = shell("ulimit -v; ulimit -n");
  spec.max_memory_bytes = 256U << 20U;
  spec.max_open_files = 17;
  run(spec);
  EXPECT_EQ(output, "262144\n17\n");
}

TEST_F(ProcessTest, CannotTakeMoreMemoryThanItsLimit) {
  auto spec = shell("head -c 1000M /dev/zero | tail -c 1000M > /dev/null || echo refused");
  spec.max_memory_bytes = 100U << 20U;
  run(spec);
  EXPECT_NE(output.find("refused"), std::string::npos) << output;
}

TEST_F(ProcessTest, LeadsAGroup) {
  on_output = [this] {
    EXPECT_EQ(output, std::to_string(process->pid()) + "\n");
    EXPECT_EQ(getpgid(process->pid()), process->pid());
    process->kill();
  };
  run(shell("echo $$; exec sleep 1000"));
  EXPECT_EQ(exit->signal, SIGKILL);
}

TEST_F(ProcessTest, WritesAsMuchAsItLikes) {
  run(shell("head -c 5000000 /dev/zero"));
  EXPECT_EQ(output.size(), 5'000'000U);
}

TEST_F(ProcessTest, KillEndsTheWholeGroup) {
  Fifo fifo;
  on_output = [this] { process->kill(); };
  run(shell("(echo x; exec sleep 1000) > " + fifo.path() + " & read x < " + fifo.path() + "; echo ready; wait"));
  EXPECT_EQ(exit->signal, SIGKILL);
  fifo.await_end();
}

TEST_F(ProcessTest, ItsExitEndsTheWholeGroup) {
  Fifo fifo;
  run(shell("(echo x; exec sleep 1000) > " + fifo.path() + " & read x < " + fifo.path() +
            "; echo done"));  // the pipe stays open
  EXPECT_EQ(output, "done\n");
  EXPECT_EQ(exit->code, 0);
  fifo.await_end();
}

TEST_F(ProcessTest, EndsEvenIfThePipeIsHeldOutsideTheGroup) {
  Fifo fifo;
  run(shell("setsid sh -c 'exec 3> " + fifo.path() + "; echo $$; echo x >&3; exec sleep 1000' & read x < " +
            fifo.path() + "; echo done"));
  EXPECT_EQ(exit->code, 0);
  EXPECT_TRUE(output.ends_with("\ndone\n"));
  EXPECT_EQ(kill(std::stoi(output), SIGKILL), 0);
}

TEST_F(ProcessTest, IsKilledWithItsObject) {
  Fifo fifo;
  launch(shell("exec 3> " + fifo.path() + "; sleep 1000 & echo x >&3; exec sleep 1000"));
  fifo.await_byte();
  const auto pid = process->pid();
  process.reset();
  fifo.await_end();
  const std::function<void()> until_reaped = [&] { kill(pid, 0) == 0 ? loop.post(until_reaped) : loop.stop(); };
  loop.post(until_reaped);
  loop.run();
  EXPECT_FALSE(exit);
}

TEST_F(ProcessTest, ItsObjectMayBeDestroyedInItsCallbacks) {
  on_output = [this] {
    process.reset();
    loop.stop();
  };
  run(shell("echo x; exec sleep 1000"));
  EXPECT_FALSE(exit);

  Loop ended;
  auto result = ProcessLauncher(ended).launch(
      shell("exit 3"), [](std::string_view) {},
      [&](ProcessExit) {
        process.reset();
        ended.stop();
      });
  process = std::move(*result);
  ended.run();
  EXPECT_FALSE(process);
}

TEST_F(ProcessTest, SaysWhyItWasNotStarted) {
  while (waitpid(-1, nullptr, 0) > 0) {  // those that other tests have left
  }
  ProcessSpec spec;
  EXPECT_NE(error_of(spec), "started");
  spec.command = {"no/absolute/path"};
  EXPECT_NE(error_of(spec), "started");
  spec.command = {"/no/such/program"};
  EXPECT_NE(error_of(spec).find("run the program (/no/such/program"), std::string::npos);
  EXPECT_NE(error_of(spec).find("No such file or directory"), std::string::npos);
  spec.command = {"/etc/passwd"};
  EXPECT_NE(error_of(spec).find("Permission denied"), std::string::npos);
  spec.command = {"/bin/true", std::string("a\0b", 3)};
  EXPECT_NE(error_of(spec), "started");
  spec = shell("true");
  spec.working_directory = "/no/such/directory";
  EXPECT_NE(error_of(spec).find("enter the working directory"), std::string::npos);
  spec = shell("true");
  spec.environment = {{"A=B", "c"}};
  EXPECT_NE(error_of(spec), "started");
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1) << "a child is left behind";
}

TEST_F(ProcessTest, ManyAtOnce) {
  constexpr int kCount = 50;
  std::vector<std::unique_ptr<Process>> processes;
  int ended = 0;
  for (int i = 0; i < kCount; ++i) {
    auto result = launcher.launch(
        shell("exit " + std::to_string(i)), [](std::string_view) {},
        [&, i](ProcessExit how) {
          EXPECT_EQ(how.code, i);
          if (++ended == kCount) loop.stop();
        });
    processes.push_back(std::move(*result));
  }
  loop.run();
}

// The program here is a fork of the test that dies without a word.
TEST(ProcessDeath, AChildDiesWithTheProgram) {
  Fifo fifo;
  const auto program = fork();
  ASSERT_GE(program, 0);
  if (program == 0) {
    Loop loop;
    ProcessLauncher launcher(loop);
    const auto process =
        launcher.launch(shell("exec sleep 1000 > " + fifo.path()), [](std::string_view) {}, [](ProcessExit) {});
    const int writer = open(fifo.path().c_str(), O_WRONLY);
    _exit(process && write(writer, "x", 1) == 1 ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(program, &status, 0), program);
  EXPECT_EQ(status, 0);
  fifo.await_end();
}

}  // namespace
}  // namespace stepwell::net
