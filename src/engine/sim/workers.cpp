#include "engine/sim/workers.h"

#include "engine/check/rows.h"
#include "engine/persist.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"

#include <fmt/format.h>

namespace stepwell::engine::sim {
namespace {

// The name of a nested execution: the same for the same attempt.
std::string name_for(const TaskRef& task) {
  return fmt::format("nested-{}-{}-{}-{}", task.execution.shard, task.execution.serial, task.scope, task.scheduled);
}

std::string nested_input(const std::string& arguments) {
  json::Arena arena;
  const auto parsed = json::parse(arena, arguments);
  const json::Value* input = parsed ? parsed->find("Input") : nullptr;
  return input ? json::print(*input) : std::string("{}");
}

}  // namespace

Workers::Attempt& Workers::attempt(const TaskRef& task, bool express) {
  const auto [found, added] = attempts_.try_emplace(task, Attempt{.express = express});
  if (added) all_.push_back(task);
  return found->second;
}

const TaskRef* Workers::any_attempt(Dice& dice) const {
  return all_.empty() ? nullptr : &all_[dice.below(all_.size())];
}

void Workers::perform(Effect effect) {
  if (auto* task = std::get_if<RunTask>(&effect)) {
    const bool awaits = waits_for_end(task->resource->pattern);
    if (awaits) rig_.nested->begin(task->task);
    // Effects come in the middle of the engine's work.
    rig_.process->scheduler().post([this, task = std::move(*task)] { run(task); });
  } else if (const auto* cancel = std::get_if<CancelTask>(&effect)) {
    if (cancel->awaits) rig_.nested->cancelled(cancel->task);
  } else if (const auto* ended = std::get_if<ExecutionEnded>(&effect)) {
    ++rig_.counts.ended;
    for (const Starter& starter : ended->awaited_by) {
      rig_.nested->ended(starter, ended->execution);
    }
  }
}

void Workers::run(const RunTask& task) {
  if (task.resource->service == "states") return start_nested(task);
  attempt(task.task, task.revision->type == asl::MachineType::express);
  if (task.resource->pattern == asl::Pattern::wait_for_task_token) {
    // What the task was sent to may answer before the process has noted that it was sent.
    const TaskRef ref = task.task;
    rig_.time.schedule(rig_.process->life(), dice_.milliseconds(0, 300), [this, ref] { submit(ref); });
  }
  work(task.task);
}

void Workers::submit(const TaskRef& task) {
  rig_.process->engine()
      .shard(task.execution)
      .submit_task(task, R"({"sent":true})", rig_.process->reply<void>([this, task](const Result<void>& outcome) {
        if (outcome) rig_.model.told(task, Told::submitted, attempts_[task].express);
      }));
}

void Workers::start_nested(const RunTask& task) {
  StartRequest request{.revision = rig_.world.machines().front(),
                       .name = name_for(task.task),
                       .input = nested_input(task.arguments),
                       .trace_header = {},
                       .starter = Starter{.task = task.task, .pattern = task.resource->pattern}};
  const bool waits = request.starter->waits();
  rig_.process->engine().start(
      request, rig_.process->reply<StartOutcome>([this, task = task.task, waits, revision = request.revision,
                                                  name = request.name,
                                                  input = request.input](const Result<StartOutcome>& outcome) {
        if (outcome && outcome->kind != StartOutcome::Kind::taken) rig_.model.started(*outcome, *revision, name, input);
        // The answer comes in the middle of the engine's work.
        rig_.process->scheduler().post([this, task, waits, outcome] { nested_started(task, outcome, waits); });
      }));
}

void Workers::nested_started(const TaskRef& task, const Result<StartOutcome>& outcome, bool waits) {
  Shard& shard = rig_.process->engine().shard(task.execution);
  const auto ignore = [](const Result<void>&) {};
  if (!outcome || outcome->kind == StartOutcome::Kind::taken)
    shard.fail_task(task, "NotStarted", std::nullopt, ignore);
  else
    shard.submit_task(task, R"({"started":true})", ignore);
  if (waits) rig_.nested->finish(task);
}

void Workers::took(const TaskRef& task, bool express) {
  attempt(task, express);
  work(task);
}

void Workers::adopt() {
  const StoredPayloads payloads(rig_.disk.durable());
  for (const auto& [key, value] : check::rows(rig_.disk.durable(), store::Table::scope, {})) {
    json::Arena arena;
    const auto id = read_execution_key(std::string_view(key).substr(0, execution_key({}).size()));
    const auto execution = load(rig_.disk.durable(), payloads, rig_.world, *id);
    const auto scope = decode_scope(value, arena, payloads, *id);
    const bool nested = execution->awaits(*scope) != 0;
    if (scope->waiting != Waiting::task || nested || !(scope->task.submitted || scope->task.started)) continue;
    const TaskRef task{.execution = *id, .scope = scope->id, .scheduled = scope->task.scheduled};
    if (!attempts_.contains(task)) took(task, false);
  }
}

void Workers::work(const TaskRef& task) {
  if (rig_.has(Fault::lost_answers) && dice_.percent(5)) return rig_.happened(Fault::lost_answers);
  const bool late = rig_.has(Fault::late_answers) && dice_.percent(10);
  if (late) rig_.happened(Fault::late_answers);
  send_later(task, late ? dice_.milliseconds(5'000, 60'000) : dice_.milliseconds(0, 3'000));
  if (rig_.has(Fault::duplicate_answers) && dice_.percent(10)) {
    rig_.happened(Fault::duplicate_answers);
    send_later(task, dice_.milliseconds(0, 6'000));
  }
}

void Workers::send_later(const TaskRef& task, Duration delay) {
  ++attempts_[task].sending;
  rig_.time.schedule(outside, delay, [this, task] {
    Attempt& attempt = attempts_[task];
    --attempt.sending;
    if (!attempt.settled || rig_.has(Fault::duplicate_answers)) answer(task);
  });
}

void Workers::answer(const TaskRef& task) {
  if (!rig_.process) return send_later(task, Duration{1'000});
  ++rig_.counts.answers;
  const bool succeeds = dice_.percent(75);
  auto reply = rig_.process->reply<void>(
      [this, task, succeeds](const Result<void>& outcome) { answered(task, succeeds, outcome); });
  Shard& shard = rig_.process->engine().shard(task.execution);
  if (succeeds)
    shard.complete_task(task, fmt::format(R"({{"answer":{}}})", dice_.below(1000)), std::move(reply), effect_of(task));
  else
    shard.fail_task(task, dice_.percent(60) ? "Odd" : "Bad", "thrown by dice", std::move(reply), effect_of(task));
}

// Only the answers of Standard executions are recorded.
store::Batch Workers::effect_of(const TaskRef& task) {
  store::Batch effect;
  if (attempts_[task].express) return effect;
  TaskEffects::add(task, effect);
  if (rig_.sabotage != Sabotage::parts_effects) return effect;
  rig_.process->store().commit(std::move(effect), [](const Result<void>&) {});
  return {};
}

void Workers::answered(const TaskRef& task, bool succeeded, const Result<void>& outcome) {
  Attempt& attempt = attempts_[task];
  if (outcome && !attempt.express && !TaskEffects::happened(rig_.disk.durable(), task)) {
    rig_.violations.push_back(fmt::format("effects: execution {}/{} has taken an answer without what the task does",
                                          task.execution.shard, task.execution.serial));
  }
  if (outcome) rig_.model.told(task, succeeded ? Told::succeeded : Told::failed, attempt.express);
  if (!outcome && outcome.error().fault == stepwell::Fault::server) {
    if (!attempt.settled) send_later(task, dice_.milliseconds(500, 3'000));
    return;
  }
  attempt.settled = true;
}

void Workers::heartbeat(const TaskRef& task) {
  if (!rig_.process) return;
  rig_.process->engine().shard(task.execution).heartbeat(task, rig_.process->reply<void>([](const Result<void>&) {}));
}

void Workers::process_started() {
  for (const TaskRef& task : all_) {
    const Attempt& attempt = attempts_[task];
    if (!attempt.settled && attempt.sending == 0 && (rig_.calm || dice_.percent(60)))
      send_later(task, dice_.milliseconds(0, 5'000));
  }
}

void Workers::calm() {
  for (const TaskRef& task : all_) {
    if (!attempts_[task].settled && attempts_[task].sending == 0) send_later(task, dice_.milliseconds(0, 2'000));
  }
  rig_.time.schedule(outside, std::chrono::seconds(10), [this] { calm(); });
}

}  // namespace stepwell::engine::sim
