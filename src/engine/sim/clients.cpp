#include "engine/sim/clients.h"

#include "engine/queries.h"

#include <fmt/format.h>

namespace stepwell::engine::sim {
namespace {

constexpr std::size_t different_inputs = 4;
constexpr std::uint64_t shared_names = 10;

std::vector<TaskRef> queued(store::Store& store) {
  std::vector<TaskRef> tasks;
  const auto cursor = store.scan(store::Table::activity_queue, {}, {}, store::Direction::forward);
  for (; cursor->valid(); cursor->next()) tasks.push_back(*read_queue_key(cursor->key()));
  return tasks;
}

}  // namespace

Clients::Clients(Rig& rig, Workers& workers, Callers& callers) : rig_(rig), workers_(workers), callers_(callers) {
  Dice inputs(rig.plan.seed, "inputs");
  for (std::size_t i = 0; i < different_inputs; ++i) inputs_.push_back(make_input(inputs));
  for (std::uint32_t client = 0; client < rig.plan.clients; ++client) {
    call(client, Dice(rig.plan.seed, fmt::format("client {}", client)));
  }
}

void Clients::call(std::uint32_t client, Dice dice) {
  const Duration pause = dice.milliseconds(10, 3'000);
  rig_.time.schedule(outside, pause, [this, client, dice]() mutable {
    if (rig_.calm) return;
    if (rig_.process) act(client, dice);
    call(client, dice);
  });
}

void Clients::act(std::uint32_t client, Dice& dice) {
  if (rig_.has(Fault::sync_calls) && dice.percent(8)) return callers_.call(dice, dice.pick(inputs_));
  const std::uint64_t what = dice.below(100);
  if (what < 30) return start(client, dice);
  if (what < 34) return stop(dice);
  if (what < 38) return redrive(dice);
  if (what < 65) return poll(dice);
  if (what < 75) return look(dice);
  const TaskRef* task = workers_.any_attempt(dice);
  if (task == nullptr) return;
  if (what < 95) return workers_.heartbeat(*task);
  if (!rig_.has(Fault::stale_answers)) return;
  rig_.happened(Fault::stale_answers);
  workers_.answer(*task);
}

void Clients::start(std::uint32_t client, Dice& dice) {
  const auto& revision = rig_.world.machines()[dice.below(rig_.world.machines().size())];
  const bool shared = dice.percent(35);
  const std::string name =
      shared ? fmt::format("shared-{}", dice.below(shared_names)) : fmt::format("client-{}-{}", client, ++names_);
  const std::string& input = inputs_[dice.below(inputs_.size())];
  rig_.process->engine().start(
      {.revision = revision, .name = name, .input = input, .trace_header = {}, .unique_name = false},
      rig_.process->reply<StartOutcome>([this, revision, name, &input](const Result<StartOutcome>& outcome) {
        if (!outcome || outcome->kind == StartOutcome::Kind::taken) return;
        if (outcome->kind == StartOutcome::Kind::started) ++rig_.counts.started;
        rig_.model.started(*outcome, *revision, name, input);
        if (revision->type == asl::MachineType::standard) known_.push_back(outcome->id);
      }));
}

void Clients::stop(Dice& dice) {
  if (known_.empty() || !rig_.has(Fault::stops)) return;
  const ExecutionId id = dice.pick(known_);
  rig_.happened(Fault::stops);
  rig_.process->engine().shard(id).stop(id, "Stopped", std::nullopt,
                                        rig_.process->reply<Timestamp>([this, id](const Result<Timestamp>& at) {
                                          if (at) rig_.model.stopped(id, *at);
                                        }));
}

void Clients::redrive(Dice& dice) {
  if (known_.empty()) return;
  const ExecutionId id = dice.pick(known_);
  const std::string token = dice.percent(50) ? fmt::format("token-{}", dice.below(5)) : std::string();
  rig_.process->engine().shard(id).redrive(id, token,
                                           rig_.process->reply<Timestamp>([this](const Result<Timestamp>& at) {
                                             if (at) ++rig_.counts.redriven;
                                           }));
}

void Clients::poll(Dice& dice) {
  const auto tasks = queued(rig_.process->store());
  // Two workers may see the same task.
  if (!tasks.empty()) take(tasks[dice.below(std::min<std::size_t>(tasks.size(), 3))]);
}

void Clients::take(const TaskRef& task) {
  rig_.process->engine()
      .shard(task.execution)
      .start_activity_task(task, "worker",
                           rig_.process->reply<std::string>([this, task](const Result<std::string>& input) {
                             if (!input) return;
                             rig_.model.told(task, Told::handed_out, false);
                             workers_.took(task, false);
                           }));
}

// What DescribeExecution and GetExecutionHistory would do.
void Clients::look(Dice& dice) {
  if (known_.empty()) return;
  const ExecutionId id = dice.pick(known_);
  const std::uint64_t failed = rig_.disk.failed_reads;
  const Queries queries(rig_.process->store());
  json::Arena arena;
  const auto view = queries.describe(id);
  const auto page =
      queries.history(id, std::nullopt, dice.percent(50) ? Order::oldest_first : Order::newest_first, 10, arena);
  if (rig_.disk.failed_reads != failed || rig_.disk.deletions.deleted(id)) return;
  if (!view || !*view || !page)
    rig_.violations.push_back("model: an execution that was acknowledged cannot be looked at");
}

void Clients::take_everything() {
  if (rig_.process) {
    for (const TaskRef& task : queued(rig_.disk.durable())) take(task);
  }
  rig_.time.schedule(outside, std::chrono::seconds(2), [this] { take_everything(); });
}

void Clients::calm() {
  take_everything();
  rig_.time.schedule(outside, std::chrono::seconds(1), [this] { callers_.call_everything(inputs_.front()); });
}

}  // namespace stepwell::engine::sim
