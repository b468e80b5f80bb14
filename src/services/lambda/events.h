#pragma once
// Asynchronous invocations: accepted durably, then run, and run again after an error (a minute later, then two), three
// times in all or as the function's configuration says. A throttled one keeps its attempts. Each runs at least once;
// after a crash one that was under way begins its attempt again. Its end is told to the function's destinations
// (destinations.h).

#include "base/error.h"
#include "base/ports.h"
#include "base/task.h"
#include "base/timer.h"
#include "services/deliveries/deliveries.h"
#include "services/lambda/event_configs.h"
#include "services/lambda/execution/invocation.h"
#include "services/lambda/execution/runner.h"
#include "services/lambda/functions.h"
#include "services/lambda/limits.h"
#include "store/store.h"

#include <deque>
#include <memory>
#include <string>
#include <unordered_map>

namespace stepwell::lambda {

struct EventRecord {
  std::string arn;  // of the function, unqualified
  Invocation invocation;
  std::uint32_t attempts = 0;  // that are over
  Timestamp accepted{};
  Timestamp due{};
};

class Events {
 public:
  struct Ports {
    store::Store& store;
    Scheduler& scheduler;
    Clock& clock;
    Log& log;
    Runner& runner;
    Functions& functions;
    EventConfigs& configs;
    deliveries::Deliveries& deliveries;
  };

  // Takes up what was accepted and is not over.
  static Result<std::unique_ptr<Events>> open(const Ports& ports, const Limits& limits);
  ~Events();

  // Durable when it answers. Error TooManyRequestsException.
  Task<Result<void>> accept(std::string arn, Invocation invocation);
  // The same as part of the commit of `batch`.
  Result<void> add(const std::string& arn, Invocation invocation, store::Batch& batch);
  // Begins nothing any more.
  void close();

 private:
  struct State;
  explicit Events(std::shared_ptr<State> state) : state_(std::move(state)) {}
  std::shared_ptr<State> state_;  // shared with the attempts under way
};

}  // namespace stepwell::lambda
