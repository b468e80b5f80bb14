#pragma once
// A mapping at work: receives from the queue, calls the function, deletes what it has done. What fails stays in the
// queue and is visible again after the queue's visibility timeout, as often as the queue's redrive policy lets it.

#include "base/ports.h"
#include "base/task.h"
#include "base/timer.h"
#include "lang/event_pattern/pattern.h"
#include "services/directory/directory.h"
#include "services/lambda/event_sources/mapping.h"
#include "services/lambda/event_sources/sqs_records.h"
#include "services/lambda/execution/runner.h"
#include "services/lambda/functions.h"

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace stepwell::lambda {

struct PollerPorts {
  directory::Directory& directory;
  Functions& functions;
  Runner& runner;
  Scheduler& scheduler;
  Clock& clock;
  Random& random;
  Log& log;
};

class Poller : public std::enable_shared_from_this<Poller> {
 public:
  Poller(const PollerPorts& ports, Mapping mapping);

  void start();
  // Receives no more; calls that are under way go on to their end.
  void stop() { stop_.request_stop(); }
  const std::string& last_result() const { return last_result_; }

 private:
  using Records = std::vector<SqsRecord>;

  static Task<void> run(std::shared_ptr<Poller> self);
  bool is_stopped() const { return stop_.stop_requested(); }
  Task<Result<Records>> gather();
  Task<Result<Records>> receive(std::size_t most, Duration patience);
  Task<void> deliver(Records received);
  Task<bool> invoke(std::span<const SqsRecord> records);
  Task<void> remove(std::vector<SqsRecord> records);
  Task<void> wait(Duration delay);
  Result<void> fill_caller(wire::Call& call) const;

  const PollerPorts ports_;
  const Mapping mapping_;
  std::string region_, account_, queue_url_, function_;
  std::vector<event_pattern::Pattern> patterns_;
  std::stop_source stop_;
  std::string last_result_ = "No records processed";
};

}  // namespace stepwell::lambda
