#include "services/states/task_runner.h"

#include "lang/json/parse.h"
#include "wire/arn.h"

#include <fmt/format.h>

namespace stepwell::states {
namespace {

struct TaskRefHash {
  std::size_t operator()(const engine::TaskRef& task) const noexcept {
    return std::hash<engine::ExecutionId>{}(task.execution) ^ (std::size_t{task.scope} << 32U) ^ task.scheduled;
  }
};

struct IntegrationEntry {
  std::string_view key;
  Integration function;
};

constexpr auto integrations = std::to_array<IntegrationEntry>({
#define INTEGRATION(key, function) {key, function},
#include "services/states/integrations.def"
#undef INTEGRATION
});

std::string key_of(const asl::Resource& resource) {
  if (resource.kind == asl::Resource::Kind::lambda) return "lambda-function";
  return fmt::format("{}:{}", resource.service, resource.action);
}

}  // namespace

Integration find_integration(std::string_view key) {
  const auto entry = std::ranges::lower_bound(integrations, key, {}, &IntegrationEntry::key);
  return entry != integrations.end() && entry->key == key ? entry->function : nullptr;
}

// Shared with the tasks under way, which may outlive the runner by the time it takes to notice.
struct TaskRunner::Running {
  States& states;
  directory::Directory& directory;
  Log& log;
  Mocks* mocks;
  bool closed = false;
  std::unordered_map<engine::TaskRef, std::stop_source, TaskRefHash> cancels;
};

TaskRunner::TaskRunner(States& states, directory::Directory& directory, Log& log, Mocks* mocks)
    : running_(std::make_shared<Running>(states, directory, log, mocks)) {}

TaskRunner::~TaskRunner() { running_->closed = true; }

void TaskRunner::perform(engine::Effect effect) {
  if (auto* task = std::get_if<engine::RunTask>(&effect)) {
    start_task(std::move(*task));
  } else if (const auto* cancel = std::get_if<engine::CancelTask>(&effect)) {
    if (const auto found = running_->cancels.find(cancel->task); found != running_->cancels.end())
      found->second.request_stop();
  } else if (const auto* queued = std::get_if<engine::ActivityQueued>(&effect)) {
    running_->states.activities.queued(queued->activity_arn);
  }
}

void TaskRunner::start_task(engine::RunTask task) {
  std::stop_source cancel;
  const engine::TaskRef ref = task.task;
  running_->cancels[ref] = cancel;
  // Effects are performed in the middle of the engine's work; the task begins from the loop.
  running_->states.scheduler.post([running = running_, task = std::move(task), token = cancel.get_token()]() mutable {
    if (running->closed) return;
    const engine::TaskRef started = task.task;
    start(run(running, std::move(task), std::move(token)), [running, started](std::exception_ptr failure) {
      running->cancels.erase(started);
      if (failure) running->log.error("A task ended with an exception; it will be sent again after a restart.");
    });
  });
}

Task<TaskOutcome> TaskRunner::outcome_of(Running& running, const engine::RunTask& task, std::stop_token cancelled) {
  if (running.mocks != nullptr) {
    if (auto mocked = running.mocks->next(task.state_name)) co_return std::move(*mocked);
  }
  const Integration integration = find_integration(key_of(*task.resource));
  if (integration == nullptr) {
    co_return std::unexpected(TaskFailure{
        "States.Runtime",
        fmt::format("The resource {} is not supported by this version of Stepwell.", task.resource->arn)});
  }
  json::Arena arena;
  const auto arguments = json::parse(arena, task.arguments);
  const auto arn = wire::Arn::parse(task.execution_arn);
  co_return co_await integration({.task = task,
                                  .arena = arena,
                                  .arguments = *arguments,
                                  .directory = running.directory,
                                  .caller = {.account = std::string(arn->account),
                                             .region = std::string(arn->region),
                                             .access_key = {},
                                             .request_id = make_uuid(running.states.random)},
                                  .cancelled = cancelled});
}

Task<void> TaskRunner::run(std::shared_ptr<Running> running, engine::RunTask task, std::stop_token cancelled) {
  TaskOutcome outcome = co_await outcome_of(*running, task, cancelled);
  if (running->closed || cancelled.stop_requested()) co_return;
  engine::Shard& shard = running->states.engine->shard(task.task.execution);
  // An answer that comes too late is nobody's any more; there is nothing to tell.
  const auto ignore = [](const Result<void>&) {};
  const bool waits_for_token = task.resource->pattern == asl::Pattern::wait_for_task_token && running->mocks == nullptr;
  if (!outcome) {
    shard.fail_task(task.task, std::move(outcome.error().error), std::move(outcome.error().cause), ignore);
  } else if (waits_for_token) {
    shard.submit_task(task.task, std::move(*outcome), ignore);
  } else {
    shard.complete_task(task.task, std::move(*outcome), ignore);
  }
}

}  // namespace stepwell::states
