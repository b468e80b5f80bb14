#pragma once
// AWS's metrics of Step Functions (namespace AWS/States), counted from the events that executions write. Times are in
// milliseconds, as AWS has them. ExecutionThrottled stays 0: what AWS throttles are state transitions, which have no
// quota here.

#include "base/metrics.h"
#include "engine/observer.h"

#include <string>
#include <unordered_map>

namespace stepwell::states {

class ExecutionMetrics final : public engine::Observer {
 public:
  explicit ExecutionMetrics(metrics::Registry& registry);
  void decided(const engine::Execution& execution, std::span<const engine::Event> events) override;

 private:
  // Of one state machine.
  struct Machine {
    metrics::Counter *started, *succeeded, *failed, *aborted, *timed_out;
    metrics::Histogram* time;
  };
  // Of the tasks that one resource does.
  struct TaskSeries {
    metrics::Counter *scheduled, *started, *succeeded, *failed, *timed_out;
    metrics::Counter* heartbeat_timed_out;  // of activities only
    metrics::Histogram *run_time, *schedule_time, *time;
  };
  // Of tasks of one kind.
  struct TaskFamilies {
    metrics::Counters &scheduled, &started, &succeeded, &failed, &timed_out;
    metrics::Counters* heartbeat_timed_out;  // of activities only
    metrics::Histograms &run_time, &schedule_time, &time;
    std::unordered_map<std::string, TaskSeries> resources = {};
  };
  // A task under way: what its end is counted by.
  struct Pending {
    TaskSeries* series = nullptr;
    Timestamp scheduled{};
    std::optional<Timestamp> started;
    std::int64_t timeout_seconds = 0;
  };
  using Tasks = std::unordered_map<engine::ScopeId, Pending>;

  static TaskFamilies make_families(metrics::Registry& registry, std::string_view things, std::string_view thing,
                                    std::string_view label, bool heartbeats);
  Machine& machine(const std::string& arn);
  TaskSeries& tasks_of(engine::TaskKind kind, const std::string& resource);
  void count_end(const engine::Execution& execution, const engine::Event& event);
  void task_scheduled(const engine::Execution& execution, const engine::Event& event, engine::TaskKind kind);
  void task_started(const engine::Execution& execution, const engine::Event& event, engine::TaskKind kind);
  enum class End { succeeded, failed, timed_out };
  void task_ended(const engine::Execution& execution, std::span<const engine::Event> from_here, engine::TaskKind kind,
                  End end);
  Pending* find(const engine::Execution& execution, const engine::Event& event);

  metrics::Counters &started_, &succeeded_, &failed_, &aborted_, &timed_out_, &throttled_;
  metrics::Histograms& time_;
  TaskFamilies families_[3];  // by engine::TaskKind
  std::unordered_map<std::string, Machine> machines_;
  std::unordered_map<engine::ExecutionId, Tasks> pending_;
};

}  // namespace stepwell::states
