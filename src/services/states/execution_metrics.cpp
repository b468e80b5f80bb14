#include "services/states/execution_metrics.h"

#include "lang/asl/resource.h"

#include <fmt/format.h>

namespace stepwell::states {
namespace {

using engine::Event;
using engine::EventType;
using engine::Execution;
using engine::FieldTag;
using engine::TaskKind;

constexpr double milliseconds[] = {1,     5,      10,     50,      100,       500,        1'000,
                                   5'000, 10'000, 60'000, 300'000, 3'600'000, 86'400'000, 604'800'000};
constexpr std::size_t max_pending = 200'000;  // executions whose tasks are timed

std::string resource_of(const Event& event) {
  const std::string_view type = event.text(FieldTag::resource_type);
  const std::string_view resource = event.text(FieldTag::resource);
  return type.empty() ? std::string(resource) : fmt::format("arn:aws:states:::{}:{}", type, resource);
}

std::string arn_of(const asl::Resource* resource) { return resource == nullptr ? std::string() : resource->arn; }

// A task that was scheduled before this process began: the state that is left next in its scope, or is still there, had
// it.
std::string resource_after(const Execution& execution, std::span<const Event> events) {
  for (const Event& event : events) {
    if (event.scope != events.front().scope || event.type != EventType::TaskStateExited) continue;
    const asl::State* state = nullptr;
    for (std::uint32_t i = 0; i < execution.revision->machine->states() && state == nullptr; ++i) {
      const asl::State& candidate = execution.revision->machine->state(i);
      if (candidate.name() == event.text(FieldTag::name)) state = &candidate;
    }
    return state == nullptr ? std::string() : arn_of(state->resource());
  }
  const auto scope = execution.scopes.find(events.front().scope);
  return scope == execution.scopes.end() ? std::string() : arn_of(execution.state_of(*scope->second).resource());
}

double span(Timestamp from, Timestamp to) { return static_cast<double>((to - from).count()); }

}  // namespace

ExecutionMetrics::TaskFamilies ExecutionMetrics::make_families(metrics::Registry& registry, std::string_view things,
                                                               std::string_view thing, std::string_view label,
                                                               bool heartbeats) {
  const auto count = [&](std::string_view what, std::string_view words) -> metrics::Counters& {
    return registry.counters(fmt::format("{}{}", things, what), fmt::format("Tasks of this kind that {}.", words),
                             {std::string(label)});
  };
  const auto time = [&](std::string_view what, std::string_view words) -> metrics::Histograms& {
    return registry.histograms(fmt::format("{}{}", thing, what), fmt::format("Milliseconds {}.", words),
                               {std::string(label)}, milliseconds);
  };
  return {.scheduled = count("Scheduled", "were scheduled"),
          .started = count("Started", "were started"),
          .succeeded = count("Succeeded", "succeeded"),
          .failed = count("Failed", "failed"),
          .timed_out = count("TimedOut", "timed out"),
          .heartbeat_timed_out = heartbeats ? &count("HeartbeatTimedOut", "missed a heartbeat") : nullptr,
          .run_time = time("RunTime", "from the start of a task to its end"),
          .schedule_time = time("ScheduleTime", "that a task waited to be started"),
          .time = time("Time", "from the scheduling of a task to its end")};
}

ExecutionMetrics::ExecutionMetrics(metrics::Registry& registry)
    : started_(registry.counters("ExecutionsStarted", "Executions that were started.", {"StateMachineArn"})),
      succeeded_(registry.counters("ExecutionsSucceeded", "Executions that succeeded.", {"StateMachineArn"})),
      failed_(registry.counters("ExecutionsFailed", "Executions that failed.", {"StateMachineArn"})),
      aborted_(registry.counters("ExecutionsAborted", "Executions that were stopped.", {"StateMachineArn"})),
      timed_out_(registry.counters("ExecutionsTimedOut", "Executions that timed out.", {"StateMachineArn"})),
      throttled_(
          registry.counters("ExecutionThrottled", "State transitions that were throttled.", {"StateMachineArn"})),
      time_(registry.histograms("ExecutionTime", "Milliseconds from the start of an execution to its end.",
                                {"StateMachineArn"}, milliseconds)),
      families_{
          make_families(registry, "ServiceIntegrations", "ServiceIntegration", "ServiceIntegrationResourceArn", false),
          make_families(registry, "LambdaFunctions", "LambdaFunction", "LambdaFunctionArn", false),
          make_families(registry, "Activities", "Activity", "ActivityArn", true)} {}

ExecutionMetrics::Machine& ExecutionMetrics::machine(const std::string& arn) {
  const auto found = machines_.find(arn);
  if (found != machines_.end()) return found->second;
  throttled_.at({arn});
  const Machine made{.started = &started_.at({arn}),
                     .succeeded = &succeeded_.at({arn}),
                     .failed = &failed_.at({arn}),
                     .aborted = &aborted_.at({arn}),
                     .timed_out = &timed_out_.at({arn}),
                     .time = &time_.at({arn})};
  if (machines_.size() >= metrics::Family::max_series) return machines_.try_emplace("", made).first->second;
  return machines_.emplace(arn, made).first->second;
}

ExecutionMetrics::TaskSeries& ExecutionMetrics::tasks_of(TaskKind kind, const std::string& resource) {
  TaskFamilies& families = families_[static_cast<std::size_t>(kind)];
  const auto found = families.resources.find(resource);
  if (found != families.resources.end()) return found->second;
  const TaskSeries made{
      .scheduled = &families.scheduled.at({resource}),
      .started = &families.started.at({resource}),
      .succeeded = &families.succeeded.at({resource}),
      .failed = &families.failed.at({resource}),
      .timed_out = &families.timed_out.at({resource}),
      .heartbeat_timed_out = families.heartbeat_timed_out ? &families.heartbeat_timed_out->at({resource}) : nullptr,
      .run_time = &families.run_time.at({resource}),
      .schedule_time = &families.schedule_time.at({resource}),
      .time = &families.time.at({resource})};
  // Beyond the bound all of them count together.
  const bool is_full = families.resources.size() >= metrics::Family::max_series;
  return families.resources.try_emplace(is_full ? std::string() : resource, made).first->second;
}

void ExecutionMetrics::decided(const Execution& execution, std::span<const Event> events) {
  using enum EventType;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const Event& event = events[i];
    switch (event.type) {
      case ExecutionStarted: machine(execution.revision->machine_arn).started->add(); break;
      case ExecutionSucceeded:
      case ExecutionFailed:
      case ExecutionAborted:
      case ExecutionTimedOut: count_end(execution, event); break;
      case TaskScheduled: task_scheduled(execution, event, TaskKind::integration); break;
      case LambdaFunctionScheduled: task_scheduled(execution, event, TaskKind::lambda); break;
      case ActivityScheduled: task_scheduled(execution, event, TaskKind::activity); break;
      case TaskStarted: task_started(execution, event, TaskKind::integration); break;
      case LambdaFunctionStarted: task_started(execution, event, TaskKind::lambda); break;
      case ActivityStarted: task_started(execution, event, TaskKind::activity); break;
      case TaskSucceeded: task_ended(execution, events.subspan(i), TaskKind::integration, End::succeeded); break;
      case LambdaFunctionSucceeded: task_ended(execution, events.subspan(i), TaskKind::lambda, End::succeeded); break;
      case ActivitySucceeded: task_ended(execution, events.subspan(i), TaskKind::activity, End::succeeded); break;
      case TaskFailed:
      case TaskStartFailed:
      case TaskSubmitFailed: task_ended(execution, events.subspan(i), TaskKind::integration, End::failed); break;
      case LambdaFunctionFailed:
      case LambdaFunctionStartFailed:
      case LambdaFunctionScheduleFailed: task_ended(execution, events.subspan(i), TaskKind::lambda, End::failed); break;
      case ActivityFailed:
      case ActivityScheduleFailed: task_ended(execution, events.subspan(i), TaskKind::activity, End::failed); break;
      case TaskTimedOut: task_ended(execution, events.subspan(i), TaskKind::integration, End::timed_out); break;
      case LambdaFunctionTimedOut: task_ended(execution, events.subspan(i), TaskKind::lambda, End::timed_out); break;
      case ActivityTimedOut: task_ended(execution, events.subspan(i), TaskKind::activity, End::timed_out); break;
      default: break;
    }
  }
}

void ExecutionMetrics::count_end(const Execution& execution, const Event& event) {
  pending_.erase(execution.id);
  Machine& of = machine(execution.revision->machine_arn);
  metrics::Counter* const counter = event.type == EventType::ExecutionSucceeded ? of.succeeded
                                    : event.type == EventType::ExecutionFailed  ? of.failed
                                    : event.type == EventType::ExecutionAborted ? of.aborted
                                                                                : of.timed_out;
  counter->add();
  of.time->observe(span(execution.started, execution.stopped.value_or(event.at)));
}

void ExecutionMetrics::task_scheduled(const Execution& execution, const Event& event, TaskKind kind) {
  TaskSeries& series = tasks_of(kind, resource_of(event));
  series.scheduled->add();
  if (pending_.size() >= max_pending && !pending_.contains(execution.id)) return;
  pending_[execution.id][event.scope] = {.series = &series,
                                         .scheduled = event.at,
                                         .started = {},
                                         .timeout_seconds = event.number(FieldTag::timeout_seconds)};
}

ExecutionMetrics::Pending* ExecutionMetrics::find(const Execution& execution, const Event& event) {
  const auto tasks = pending_.find(execution.id);
  if (tasks == pending_.end()) return nullptr;
  const auto task = tasks->second.find(event.scope);
  return task == tasks->second.end() ? nullptr : &task->second;
}

void ExecutionMetrics::task_started(const Execution& execution, const Event& event, TaskKind kind) {
  Pending* const task = find(execution, event);
  if (task == nullptr) {
    tasks_of(kind, resource_after(execution, {&event, 1})).started->add();
    return;
  }
  task->series->started->add();
  task->series->schedule_time->observe(span(task->scheduled, event.at));
  task->started = event.at;
}

void ExecutionMetrics::task_ended(const Execution& execution, std::span<const Event> from_here, TaskKind kind,
                                  End end) {
  const Event& event = from_here.front();
  const Pending* const task = find(execution, event);
  TaskSeries& series = task != nullptr ? *task->series : tasks_of(kind, resource_after(execution, from_here));
  const bool heartbeat =
      end == End::timed_out && series.heartbeat_timed_out != nullptr && task != nullptr && task->started &&
      (task->timeout_seconds == 0 || event.at < *task->started + std::chrono::seconds(task->timeout_seconds));
  metrics::Counter* const counter = end == End::succeeded ? series.succeeded
                                    : end == End::failed  ? series.failed
                                    : heartbeat           ? series.heartbeat_timed_out
                                                          : series.timed_out;
  counter->add();
  if (task == nullptr) return;
  series.time->observe(span(task->scheduled, event.at));
  if (task->started) series.run_time->observe(span(*task->started, event.at));
  const auto tasks = pending_.find(execution.id);
  tasks->second.erase(event.scope);
  if (tasks->second.empty()) pending_.erase(tasks);
}

}  // namespace stepwell::states
