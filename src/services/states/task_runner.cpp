#include "services/states/task_runner.h"

#include "crypto/hash.h"
#include "engine/nested_executions.h"
#include "services/states/awaited_work.h"
#include "services/states/nested_result.h"
#include "wire/arn.h"

namespace stepwell::states {
namespace {

// The same for an attempt that is sent again: by it the other side can know the call.
std::string request_id(std::string_view idempotency_key) {
  std::string hex = crypto::to_hex(crypto::digest(crypto::Digest::sha256, idempotency_key)).substr(0, 32);
  hex[12] = '8';  // RFC 9562: a version for ids of one's own making
  hex[16] = "89ab"[static_cast<unsigned char>(hex[16]) % 4];
  for (const std::size_t at : {20, 16, 12, 8}) hex.insert(at, 1, '-');
  return hex;
}

// The state machine's account and region.
wire::Caller caller_of(const engine::RunTask& task) {
  const auto arn = wire::Arn::parse(task.execution_arn);
  return {.account = std::string(arn->account),
          .region = std::string(arn->region),
          .access_key = {},
          .request_id = request_id(task.idempotency_key)};
}

engine::NestedPorts nested_ports(States& states, Log& log, const std::shared_ptr<AwaitedWork>& work) {
  return {.store = states.store,
          .scheduler = states.scheduler,
          .log = log,
          .shard = [&states](engine::ExecutionId id) -> engine::Shard& { return states.engine->shard(id); },
          .result_of = [&states](const engine::ExecutionView& view,
                                 asl::Pattern pattern) { return nested_result(states, view, pattern); },
          .stop_work = [work](const engine::TaskRef& task,
                              engine::NestedPorts::Stopped done) { work->stop(task, std::move(done)); }};
}

}  // namespace

// Shared with the tasks under way, which may outlive the runner by the time it takes to notice.
struct TaskRunner::Running {
  States& states;
  Log& log;
  Mocks* mocks;
  std::shared_ptr<AwaitedWork> work = std::make_shared<AwaitedWork>(states, log);
  std::shared_ptr<engine::NestedExecutions> nested =
      std::make_shared<engine::NestedExecutions>(nested_ports(states, log, work));
  bool closed = false;
  std::unordered_map<engine::TaskRef, std::stop_source> cancels;
};

TaskRunner::TaskRunner(States& states, Log& log, Mocks* mocks)
    : running_(std::make_shared<Running>(states, log, mocks)) {}

TaskRunner::~TaskRunner() {
  running_->closed = true;
  running_->nested.reset();
  running_->work->close();
}

Result<void> TaskRunner::take_up() {
  TRY(running_->nested->take_up());
  return running_->work->take_up();
}

void TaskRunner::drain() { running_->work->close(); }

void TaskRunner::perform(engine::Effect effect) {
  if (auto* task = std::get_if<engine::RunTask>(&effect)) {
    start_task(std::move(*task));
  } else if (const auto* cancel = std::get_if<engine::CancelTask>(&effect)) {
    if (const auto found = running_->cancels.find(cancel->task); found != running_->cancels.end())
      found->second.request_stop();
    if (cancel->awaits) running_->nested->cancelled(cancel->task);
  } else if (const auto* ended = std::get_if<engine::ExecutionEnded>(&effect)) {
    for (const engine::Starter& starter : ended->awaited_by) running_->nested->ended(starter, ended->execution);
  } else if (const auto* queued = std::get_if<engine::ActivityQueued>(&effect)) {
    running_->states.activities.queued(queued->activity_arn, queued->since);
  }
}

void TaskRunner::start_task(engine::RunTask task) {
  std::stop_source cancel;
  const engine::TaskRef ref = task.task;
  running_->cancels[ref] = cancel;
  if (engine::waits_for_end(task.resource->pattern)) running_->nested->begin(ref);
  // Effects are performed in the middle of the engine's work; the task begins from the loop.
  running_->states.scheduler.post([running = running_, task = std::move(task), cancel]() mutable {
    if (running->closed) return;
    const engine::TaskRef started = task.task;
    const bool awaits = engine::waits_for_end(task.resource->pattern);
    start(run(running, std::move(task), cancel.get_token()), [=](std::exception_ptr failure) {
      if (running->closed) return;
      // A task that was sent again meanwhile has another source.
      const auto found = running->cancels.find(started);
      if (found != running->cancels.end() && found->second == cancel) running->cancels.erase(found);
      if (awaits) running->nested->finish(started);
      if (failure) running->log.error("A task ended with an exception; it will be sent again after a restart.");
    });
  });
}

Task<void> TaskRunner::run(std::shared_ptr<Running> running, engine::RunTask task, std::stop_token cancelled) {
  if (cancelled.stop_requested()) co_return;
  auto mocked = running->mocks == nullptr ? std::nullopt : running->mocks->next(task.state_name);
  store::Batch effect;
  const bool recorded = task.revision->type == asl::MachineType::standard;
  TaskOutcome outcome = mocked ? std::move(*mocked)
                               : co_await run_integration(running->states, task, caller_of(task), cancelled,
                                                          recorded ? &effect : nullptr);
  if (running->closed) co_return;
  if (cancelled.stop_requested()) {
    // What is part of a commit has not happened; what was asked for elsewhere has.
    const bool happened = outcome && !mocked && effect.empty();
    if (const auto work = happened ? AwaitedWork::note(task, *outcome, effect) : std::nullopt)
      running->work->unwanted(*work);
    co_return;
  }
  engine::Shard& shard = running->states.engine->shard(task.task.execution);
  // An answer that comes too late is nobody's any more; there is nothing to tell.
  const auto ignore = [](const Result<void>&) {};
  if (!outcome) {
    shard.fail_task(task.task, std::move(outcome.error().error), std::move(outcome.error().cause), ignore,
                    std::move(effect));
  } else if (task.resource->pattern == asl::Pattern::request_response || mocked) {
    shard.complete_task(task.task, std::move(*outcome), ignore, std::move(effect));
  } else {
    const auto submitted = [running, work = AwaitedWork::note(task, *outcome, effect)](const Result<void>& result) {
      if (!work || running->closed) return;
      if (result)
        running->work->submitted(*work);
      else
        running->work->unwanted(*work);
    };
    shard.submit_task(task.task, std::move(*outcome), submitted, std::move(effect));
  }
}

}  // namespace stepwell::states
