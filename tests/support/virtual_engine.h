#pragma once
// One execution on an engine of its own: virtual time, the store in memory, workers that answer by a function. At will
// the engine is thrown away and made anew over its store, as after a crash, every so many actions.

#include "engine/engine.h"
#include "engine/queries.h"
#include "store/memory/memory_store.h"
#include "virtual_time.h"

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace stepwell {

// Activities are named like the state that calls them.
struct WorkerCall {
  std::string_view state, arguments;
  engine::ScopeId scope;
  Timestamp at;
};
// Answers at one time come in the order of their calls, which is another one behind a restart.
struct WorkerAnswer {
  Duration delay{};
  bool failed = false;
  std::optional<std::string> error, cause;
  std::string output;  // JSON
};
using Workers = std::function<WorkerAnswer(const WorkerCall&)>;

class VirtualEngine final : private engine::World, private engine::Effects {
 public:
  static constexpr std::string_view kMachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:m";
  static constexpr std::string_view kRoleArn = "arn:aws:iam::123456789012:role/r";

  struct Options {
    engine::Limits limits = {};
    std::size_t restart_every = 0;  // actions; 0: never
    std::size_t most_actions = 20'000;
  };
  VirtualEngine(Workers workers, Options options);
  ~VirtualEngine() override;

  // Starts an execution with the name "e" and runs it to its end, or until nothing happens any more or enough has.
  engine::ExecutionId run(std::shared_ptr<const asl::Machine> machine, std::string_view input);

  engine::Queries queries() { return engine::Queries(store_); }

 private:
  bool activity_exists(std::string_view) override { return true; }
  std::string task_token(const engine::TaskRef&) override { return "token"; }
  std::shared_ptr<const engine::Revision> revision(std::string_view, std::string_view) override { return revision_; }
  void perform(engine::Effect effect) override;

  void restart();
  void take_activities(const std::string& prefix);
  void call(const engine::TaskRef& task, std::string_view state, std::string_view arguments);
  void answer(const engine::TaskRef& task, const WorkerAnswer& answer);

  Workers workers_;
  Options options_;
  VirtualClock clock_;
  SeededRandom random_{7};
  VirtualScheduler scheduler_{clock_};
  store::MemoryStore store_;
  NoLog log_;
  std::shared_ptr<const engine::Revision> revision_;
  std::unique_ptr<engine::Engine> engine_;
  bool ended_ = false;
  std::size_t asking_ = 0;  // workers that wait for an activity's input
  // Attempts under way: an answer survives the restarts of the engine, and a call that is sent again is no other call.
  std::set<std::pair<engine::ScopeId, engine::EventId>> called_;
  std::vector<std::unique_ptr<Timer>> timers_;
};

}  // namespace stepwell
