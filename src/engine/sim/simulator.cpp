#include "engine/sim/simulator.h"

#include "engine/check/checker.h"
#include "engine/check/rows.h"
#include "engine/persist.h"
#include "engine/sim/callers.h"
#include "engine/sim/clients.h"
#include "engine/sim/workers.h"

#include <fmt/format.h>

namespace stepwell::engine::sim {
namespace {

constexpr std::uint64_t check_everything_each = 2'000;  // steps
constexpr std::uint64_t most_calm_steps = 400'000;
constexpr std::size_t most_violations = 20;
constexpr std::size_t most_named = 10;

class Simulator {
 public:
  Simulator(const Plan& plan, const Options& options)
      : rig_(plan),
        options_(options),
        faults_(plan.seed, "faults"),
        engine_dice_(plan.seed, "engine"),
        workers_(rig_),
        callers_(rig_),
        clients_(rig_, workers_, callers_) {
    Dice limits(plan.seed, "limits");
    limits_.max_events = static_cast<EventId>(limits.between(120, 400));
    limits_.states_per_slice = limits.between(2, 12);
    limits_.steps_per_slice = limits.between(20, 2'000);
    limits_.max_in_memory = limits.between(0, 20);
    limits_.express_timeout = std::chrono::seconds(60);
    // Some worlds are rougher than others.
    patience_ = limits.between(20, 400);
    rig_.sabotage = options.sabotage;
    rig_.disk.keeps_deleted_events = options.sabotage == Sabotage::keeps_events;
    delete_some_day();
    for (const store::Batch& batch : options.begin_with)
      rig_.disk.durable().commit(batch.copy(), [](const Result<void>&) {});
    rig_.disk.on_group = options.on_group;
    rig_.disk.faults.torn = plan.has(Fault::torn_writes);
  }

  Outcome run() {
    if (options_.sabotage == Sabotage::disk_lies) rig_.disk.lie();
    start_process();
    if (!options_.begin_with.empty()) workers_.adopt();
    while (rig_.counts.steps < rig_.plan.steps && go_on()) {
      ++rig_.counts.steps;
      break_something();
      step();
      if (rig_.counts.steps % check_everything_each == 0) check_everything();
    }
    if (go_on()) calm();
    rig_.counts.facts = rig_.model.facts();
    rig_.counts.faults[static_cast<std::size_t>(Fault::deletes)] = rig_.disk.deletions.count();
    if (rig_.violations.size() > most_violations) rig_.violations.resize(most_violations);
    return {.violations = std::move(rig_.violations), .counts = rig_.counts};
  }

 private:
  // Some worlds keep everything.
  void delete_some_day() {
    Dice dice(rig_.plan.seed, "retention");
    if (!rig_.plan.has(Fault::deletes) || dice.one_in(3)) return;
    limits_.retention = dice.milliseconds(2'000, dice.one_in(3) ? 10'000 : 300'000);
    const bool early = rig_.sabotage == Sabotage::deletes_early;
    rig_.disk.deletions.expect(*limits_.retention + std::chrono::seconds(early ? 1 : 0));
  }

  bool go_on() const { return rig_.violations.empty(); }

  bool step() {
    const bool more = rig_.time.step();
    if (rig_.process && !rig_.process->alive()) end_process();
    check_touched();
    return more;
  }

  // One thing that goes wrong, now and then.
  void break_something() {
    if (!faults_.one_in(patience_)) return;
    static constexpr Fault sudden[] = {Fault::clock_back, Fault::clock_forward, Fault::crash,      Fault::crash_within,
                                       Fault::disk_fails, Fault::disk_full,     Fault::disk_reads, Fault::disk_slow};
    const Fault fault = faults_.pick(sudden);
    if (!rig_.has(fault)) return;
    DiskFaults& disk = rig_.disk.faults;
    switch (fault) {
      case Fault::clock_back: rig_.time.jump(-jump()); break;
      case Fault::clock_forward: rig_.time.jump(jump()); break;
      case Fault::crash:
        if (!rig_.process) return;
        end_process();
        break;
      case Fault::crash_within:
        if (!rig_.process) return;
        rig_.process->die_after(faults_.between(1, 6));
        break;
      case Fault::disk_fails: disk.fail_sync = true; break;
      case Fault::disk_full: {
        disk.full = true;
        rig_.time.schedule(outside, faults_.milliseconds(10, 20'000), [this] { rig_.disk.faults.full = false; });
        break;
      }
      case Fault::disk_reads: {
        disk.read_fails_one_in = faults_.between(2, 30);
        rig_.time.schedule(outside, faults_.milliseconds(10, 5'000),
                           [this] { rig_.disk.faults.read_fails_one_in = 0; });
        break;
      }
      case Fault::disk_slow: {
        disk.slowest = faults_.milliseconds(10, 8'000);
        rig_.time.schedule(outside, faults_.milliseconds(10, 60'000),
                           [this] { rig_.disk.faults.slowest = Duration{0}; });
        break;
      }
      default: return;  // those of workers and clients, which happen where they are
    }
    rig_.happened(fault);
  }

  Duration jump() {
    const std::uint64_t longest = faults_.one_in(4) ? 7'200'000 : 20'000;
    return faults_.milliseconds(1, longest);
  }

  void start_process() {
    rig_.process = std::make_unique<Process>(++rig_.counts.lives, rig_.time, rig_.disk, rig_.world, workers_,
                                             engine_dice_.random(), limits_);
    rig_.nested = std::make_shared<NestedExecutions>(nested_ports());
    const std::uint64_t failed_reads = rig_.disk.failed_reads;
    auto recovered = rig_.process->recover();
    if (recovered) recovered = rig_.nested->take_up();
    if (!recovered) {
      if (failed_reads == rig_.disk.failed_reads) rig_.violations.push_back("recovery: " + recovered.error().message);
      return end_process();
    }
    workers_.process_started();
    // Somebody looks after a server whose storage has failed.
    watch(rig_.process->life());
  }

  NestedPorts nested_ports() {
    return {.store = rig_.process->store(),
            .scheduler = rig_.process->scheduler(),
            .log = rig_.process->log(),
            .shard = [this](ExecutionId id) -> Shard& { return rig_.process->engine().shard(id); },
            .result_of = [](const ExecutionView&, asl::Pattern) { return std::string(R"({"ended":true})"); },
            .stop_work = [](const TaskRef&, const NestedPorts::Stopped& done) { done({}); }};
  }

  void watch(Life life) {
    rig_.time.schedule(life, std::chrono::seconds(15), [this, life] {
      if (rig_.disk.failed()) return end_process_soon();
      watch(life);
    });
  }

  // From within an action of the process.
  void end_process_soon() {
    rig_.time.schedule(outside, Duration{0}, [this] {
      if (rig_.process) end_process();
    });
  }

  void end_process() {
    rig_.nested.reset();
    rig_.process.reset();
    callers_.process_ended();
    if (rig_.disk.faults.torn && rig_.disk.has_unsynced()) rig_.happened(Fault::torn_writes);
    rig_.disk.crash();
    rig_.disk.take_touched();
    rig_.model.verify();
    check_everything();
    const Duration down = rig_.calm ? Duration{0} : faults_.milliseconds(0, faults_.one_in(5) ? 60'000 : 500);
    rig_.time.schedule(outside, down, [this] {
      if (!rig_.process) start_process();
    });
  }

  void calm() {
    rig_.calm = true;
    const bool torn = rig_.disk.faults.torn;
    rig_.disk.faults = {};
    rig_.disk.faults.torn = torn;
    if (rig_.process) end_process();
    workers_.adopt();
    workers_.calm();
    clients_.calm();
    std::uint64_t steps = 0;
    while (go_on() && steps < most_calm_steps) {
      step();
      if (++steps % 500 == 0 && quiet()) break;
    }
    if (go_on() && !quiet()) not_quiet();
    check_everything();
    rig_.model.verify();
  }

  static constexpr auto passing = std::to_array<store::Table>(
      {store::Table::scope, store::Table::child_output, store::Table::timer, store::Table::pending_effect,
       store::Table::activity_queue, store::Table::express_accepted, store::Table::nested_execution,
       store::Table::execution, store::Table::event, store::Table::execution_name, store::Table::execution_list,
       store::Table::ended_execution});
  static constexpr std::size_t of_executions = 5;  // the last of them

  bool is_empty(store::Table table) {
    return !rig_.disk.durable().scan(table, {}, {}, store::Direction::forward)->valid();
  }
  // What goes with the end of the executions, and what goes with them when they are deleted.
  std::span<const store::Table> to_be_emptied() const {
    return std::span(passing).first(limits_.retention ? passing.size() : passing.size() - of_executions);
  }
  bool quiet() {
    return callers_.waiting() == 0 &&
           std::ranges::all_of(to_be_emptied(), [this](store::Table table) { return is_empty(table); });
  }

  void not_quiet() {
    for (const store::TableInfo& info : store::all_tables) {
      const auto tables = to_be_emptied();
      const bool passes = std::ranges::find(tables, info.table) != tables.end();
      if (passes && !is_empty(info.table)) {
        rig_.violations.push_back(
            fmt::format("end: nothing goes wrong any more, and the table {} is not empty", info.name));
      }
    }
    if (callers_.waiting() > 0) {
      rig_.violations.push_back(fmt::format("callers: nothing goes wrong any more, and {} wait", callers_.waiting()));
    }
    name_stuck();
    name_nested();
  }

  // Who has not ended, and what each of its scopes waits for.
  void name_stuck() {
    const StoredPayloads payloads(rig_.disk.durable());
    const auto stuck = check::rows(rig_.disk.durable(), store::Table::scope, {});
    for (std::size_t i = 0; i < stuck.size() && i < most_named; ++i) {
      json::Arena arena;
      const auto id = read_execution_key(std::string_view(stuck[i].first).substr(0, execution_key({}).size()));
      const auto scope = decode_scope(stuck[i].second, arena, payloads, *id);
      const auto execution = load(rig_.disk.durable(), payloads, rig_.world, *id);
      rig_.violations.push_back(fmt::format("end: '{}' of {} has scope {} in '{}', waiting for {}", execution->name,
                                            execution->revision->machine_name, scope->id,
                                            execution->state_of(*scope).name(), words_for(scope->waiting)));
    }
  }

  void name_nested() {
    for (const NestedRow row : {NestedRow::waiting, NestedRow::ended, NestedRow::cancelled}) {
      for (const auto& [key, value] :
           check::rows(rig_.disk.durable(), store::Table::nested_execution, nested_prefix(row))) {
        const auto nested = read_nested(key, value);
        rig_.violations.push_back(fmt::format("end: row {} of task {}/{}/{}, execution {}", std::to_underlying(row),
                                              nested->task.execution.serial, nested->task.scope, nested->task.scheduled,
                                              nested->execution.serial));
      }
    }
  }

  static std::string_view words_for(Waiting waiting) {
    constexpr std::string_view words[] = {"nothing", "a timer", "a retry", "a task", "children"};
    return words[static_cast<std::size_t>(waiting)];
  }

  void check_touched() {
    for (const ExecutionId id : rig_.disk.take_touched()) {
      if (rig_.disk.deletions.deleted(id)) continue;
      check::Checker checker(rig_.disk.durable(), rig_.world);
      checker.check_execution(id);
      take(checker);
    }
    std::ranges::move(rig_.disk.deletions.take_problems(), std::back_inserter(rig_.violations));
    std::ranges::move(rig_.disk.effects.take_problems(), std::back_inserter(rig_.violations));
    if (!rig_.disk.overwritten().empty()) rig_.violations.push_back("disk: events were written over");
  }

  void check_everything() {
    check::Checker checker(rig_.disk.durable(), rig_.world);
    checker.check_all();
    take(checker);
  }

  void take(const check::Checker& checker) {
    rig_.counts.checked += checker.counts().executions;
    for (const check::Finding& finding : checker.report().findings()) rig_.violations.push_back(text_of(finding));
  }

  Rig rig_;
  const Options& options_;
  Dice faults_, engine_dice_;
  Workers workers_;
  Callers callers_;
  Clients clients_;
  Limits limits_;
  std::uint64_t patience_ = 0;
};

}  // namespace

Counts& Counts::operator+=(const Counts& other) {
  steps += other.steps;
  for (std::size_t i = 0; i < fault_kinds; ++i) faults[i] += other.faults[i];
  lives += other.lives;
  started += other.started;
  ended += other.ended;
  redriven += other.redriven;
  answers += other.answers;
  facts += other.facts;
  checked += other.checked;
  return *this;
}

Outcome simulate(const Plan& plan, const Options& options) { return Simulator(plan, options).run(); }

}  // namespace stepwell::engine::sim
