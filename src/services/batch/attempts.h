#pragma once
// Attempts under way: each is one container, from its start to its end. Containers outlive this program: an attempt
// that was under way when it stopped is taken up where it stands (the name of its container says which it is).

#include "base/containers.h"
#include "base/ports.h"
#include "base/task.h"
#include "base/timer.h"
#include "services/batch/container.h"
#include "services/batch/job.h"
#include "services/batch/job_log.h"
#include "services/batch/ledger.h"
#include "services/directory/directory.h"

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace stepwell::batch {

// How an attempt ended.
struct Outcome {
  std::optional<std::int32_t> exit_code;  // absent: its container has never run, or is gone
  Timestamp stopped{};
  std::string reason;  // what became of the container
  std::string status_reason;
  bool timed_out = false;
};

class Attempts : public std::enable_shared_from_this<Attempts> {
 public:
  struct Ports {
    Ledger& ledger;
    Scheduler& scheduler;
    Clock& clock;
    Log& log;
    directory::Directory& directory;
    containers::Containers& containers;
    // For a container of a job with that role (may be empty). Error: the role cannot be assumed.
    std::function<Result<Surroundings>(const Job&, std::string_view role_arn)> surroundings;
    // The container runs: makes that durable. Then since when; an error if it could not be.
    std::function<Task<Result<Timestamp>>(JobId, std::uint32_t attempt)> started;
    // Likewise for the end.
    std::function<Task<Result<void>>(JobId, std::uint32_t attempt, Outcome)> over;
    // There is room for another one.
    std::function<void()> freed;
  };
  explicit Attempts(Ports ports) : ports_(std::move(ports)) {}

  // What containers of this store are labelled with.
  void name_store(std::string name) { store_name_ = std::move(name); }
  // Begins an attempt, or takes one up that was begun before.
  void begin(Job job, std::string document);
  // Has its container stopped, if it runs.
  void stop(const JobId& id);
  std::size_t size() const { return running_.size(); }
  // What those in the compute environment take of it.
  std::uint64_t milli_cpus_in(std::string_view account, std::string_view region, std::string_view environment) const;

  // Takes away the containers of attempts that are over.
  Task<Result<void>> clean_up();
  // Nothing more is done: what runs is taken up after the next start.
  void close();

 private:
  struct Running {
    Job job;  // as it was when this began
    std::string account, region;
    json::Arena arena;
    json::Value document;
    std::string container;
    std::optional<Timestamp> started;
    bool stopping = false;
    bool timed_out = false;
    std::unique_ptr<Timer> deadline;
    std::shared_ptr<JobLog> log;
  };
  using RunningPtr = std::shared_ptr<Running>;

  Task<void> run(RunningPtr running);
  Task<std::optional<Outcome>> start_container(RunningPtr running);
  Task<Outcome> watch(RunningPtr running);
  Task<Result<containers::End>> wait_for(RunningPtr running);
  Task<void> finish(RunningPtr running, Outcome outcome);
  void arm_deadline(const RunningPtr& running);
  void stop_container(const RunningPtr& running);
  void follow(const RunningPtr& running, Pending<bool> followed);
  Task<void> follow_output(RunningPtr running, std::shared_ptr<JobLog> log);
  Task<void> pause(Duration duration);

  Ports ports_;
  std::string store_name_;
  bool closed_ = false;
  std::map<JobId, RunningPtr> running_;
  std::map<std::uint64_t, std::pair<Pending<bool>, std::unique_ptr<Timer>>> pauses_;
  std::uint64_t last_pause_ = 0;
};

}  // namespace stepwell::batch
