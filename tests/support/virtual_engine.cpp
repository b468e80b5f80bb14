#include "virtual_engine.h"

#include "base/check.h"
#include "engine/records.h"
#include "store/codec.h"

namespace stepwell {

VirtualEngine::VirtualEngine(Workers workers, Options options) : workers_(std::move(workers)), options_(options) {}

VirtualEngine::~VirtualEngine() = default;

void VirtualEngine::restart() {
  engine_.reset();
  engine_ = std::make_unique<engine::Engine>(
      engine::ShardId{1}, engine::ShardPorts{store_, *this, *this, clock_, random_, scheduler_, log_, options_.limits});
  CHECK(engine_->recover().has_value());
  take_activities({});  // workers ask again
}

engine::ExecutionId VirtualEngine::run(std::shared_ptr<const asl::Machine> machine, std::string_view input) {
  auto revision = std::make_shared<engine::Revision>();
  revision->machine_name = "m";
  revision->machine_arn = kMachineArn;
  revision->revision_id = "r";
  revision->role_arn = kRoleArn;
  revision->machine = std::move(machine);
  revision_ = std::move(revision);
  restart();

  std::optional<Result<engine::StartOutcome>> started;
  engine_->start({.revision = revision_, .name = "e", .input = std::string(input), .trace_header = {}},
                 [&](Result<engine::StartOutcome> outcome) { started = std::move(outcome); });
  scheduler_.run();
  CHECK(started && *started);
  for (std::size_t i = 1; !ended_ && i < options_.most_actions && scheduler_.step(); ++i) {
    // A worker whose call is cut off would be lost: it is let go through.
    if (options_.restart_every > 0 && i % options_.restart_every == 0 && asking_ == 0) restart();
  }
  return (*started)->id;
}

void VirtualEngine::perform(engine::Effect effect) {
  if (const auto* task = std::get_if<engine::RunTask>(&effect)) {
    call(task->task, task->state_name, task->arguments);
  } else if (const auto* queued = std::get_if<engine::ActivityQueued>(&effect)) {
    scheduler_.post([this, prefix = engine::queue_prefix(queued->activity_arn)] { take_activities(prefix); });
  } else if (std::holds_alternative<engine::ExecutionEnded>(effect)) {
    ended_ = true;
  }
}

// Workers take all that waits in the queues that begin so.
void VirtualEngine::take_activities(const std::string& prefix) {
  const auto cursor =
      store_.scan(store::Table::activity_queue, prefix, prefix.empty() ? std::string() : store::prefix_end(prefix),
                  store::Direction::forward);
  for (; cursor->valid(); cursor->next()) {
    const auto task = engine::read_queue_key(cursor->key());
    CHECK(task.has_value());
    const std::string arn(cursor->key().substr(0, cursor->key().find('\0')));
    ++asking_;
    engine_->shard(task->execution)
        .start_activity_task(*task, "worker", [this, task = *task, arn](Result<std::string> input) {
          --asking_;
          if (input) call(task, std::string_view(arn).substr(arn.rfind(':') + 1), *input);
        });
  }
}

void VirtualEngine::call(const engine::TaskRef& task, std::string_view state, std::string_view arguments) {
  if (!called_.emplace(task.scope, task.scheduled).second) return;
  const WorkerAnswer answer =
      workers_({.state = state, .arguments = arguments, .scope = task.scope, .at = clock_.now()});
  timers_.push_back(scheduler_.after(answer.delay, [this, task, answer] { this->answer(task, answer); }));
}

void VirtualEngine::answer(const engine::TaskRef& task, const WorkerAnswer& answer) {
  engine::Shard& shard = engine_->shard(task.execution);
  const auto ignore = [](const Result<void>&) {};  // the attempt may be over
  if (answer.failed) {
    shard.fail_task(task, answer.error, answer.cause, ignore);
  } else {
    shard.complete_task(task, answer.output, ignore);
  }
}

}  // namespace stepwell
