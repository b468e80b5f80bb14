#pragma once
// A warm process of a function, with a Runtime API of its own. It runs one invocation at a time; between them it waits
// in its long poll, and stands still when it waits for long, as on AWS.
//
// An invocation is over when the process asks for the next one: then its answer goes out, or 100 ms after it was given
// if the process still works on something. The time-out counts from the hand-over until the process asks again; what
// it takes a process to start counts beyond its first 10 seconds. A process that breaks a bound (time, memory), cannot
// be initialised or ends is not used again; its whole group is killed.

#include "base/ports.h"
#include "base/process.h"
#include "base/timer.h"
#include "services/lambda/execution/launch.h"
#include "services/lambda/execution/output_log.h"
#include "services/lambda/execution/runtime_api.h"
#include "services/lambda/package/code_cache.h"

#include <memory>
#include <optional>
#include <string>

namespace stepwell::lambda {

class Instance final : private RuntimeApi::Listener {
 public:
  struct Ports {
    Scheduler& scheduler;
    Clock& clock;
    Random& random;
    Log& log;
    ProcessLauncher& processes;
    http::Network& network;
    Runtimes& runtimes;
  };

  // Told once for each change, possibly from deep inside the instance: it is not to be destroyed right there.
  class Owner {
   public:
    virtual ~Owner() = default;
    virtual void freed(Instance& instance) = 0;  // it takes another invocation
    virtual void died(Instance& instance) = 0;   // it never will
  };

  // `home` is made, and removed when the instance goes. Errors: of plan_launch, and what keeps a process from starting.
  static Result<std::unique_ptr<Instance>> start(const Ports& ports, Owner& owner, const Surroundings& surroundings,
                                                 FunctionPtr function, CodePtr code, std::filesystem::path home,
                                                 std::shared_ptr<WorkQueue> disk);
  ~Instance() override;

  const FunctionRecord& function() const { return *function_; }
  // While it is free: nothing of it runs until the next invocation.
  void freeze();

  // Only when it has just been started or is free. Without an answer when the instance is destroyed meanwhile.
  Pending<Outcome> run(Invocation invocation);

 private:
  struct Current {
    Invocation invocation;
    Pending<Outcome> result;
    std::optional<Outcome> answer;
    std::optional<Timestamp> begun;
    bool delivered = false;
  };

  Instance(const Ports& ports, Owner& owner, FunctionPtr function, CodePtr code, std::filesystem::path home,
           std::shared_ptr<WorkQueue> disk);
  Result<void> launch(const Surroundings& surroundings);

  void asked() override;
  void answered(Outcome outcome) override;
  void init_failed(std::string error) override;
  void exited(ProcessExit exit);
  void timed_out();
  void ran_out_of_memory();

  void begin();
  void hand_over();
  void watch_memory();
  void note_memory();
  void deliver(Outcome outcome);
  void die(std::optional<Outcome> outcome);
  void fail_current(std::string_view type, std::string_view message);
  std::string finish_log(const Current& current);

  const Ports ports_;
  Owner& owner_;
  const FunctionPtr function_;
  const CodePtr code_;
  const std::filesystem::path home_;
  const std::shared_ptr<WorkQueue> disk_;
  OutputLog output_;
  std::unique_ptr<RuntimeApi> api_;
  std::unique_ptr<Process> process_;
  Timestamp launched_{};
  std::optional<Duration> init_duration_;  // until it is reported
  bool initialised_ = false;
  bool frozen_ = false;
  bool dead_ = false;
  std::uint64_t peak_memory_ = 0;
  std::optional<Current> current_;
  std::unique_ptr<Timer> deadline_;
  std::unique_ptr<Timer> settle_;
  std::unique_ptr<Timer> memory_watch_;
};

}  // namespace stepwell::lambda
