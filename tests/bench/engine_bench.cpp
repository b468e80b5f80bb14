// What the engine costs without sockets: one transition, an Express execution of five states, a Standard one on a store
// in memory, a Map over 1,000 items.

#include "engine/engine.h"
#include "store/memory/memory_store.h"

#include <benchmark/benchmark.h>

namespace stepwell::engine {
namespace {

// As in workloads.py.
constexpr std::string_view five_states = R"({"StartAt":"Prepare","States":{
  "Prepare":{"Type":"Pass","Result":{"kind":"order"},"ResultPath":"$.meta","Next":"Decide"},
  "Decide":{"Type":"Choice","Choices":[{"Variable":"$.n","NumericGreaterThan":5,"Next":"Large"}],"Default":"Small"},
  "Large":{"Type":"Pass","Parameters":{"n.$":"$.n","size":"large"},"Next":"Finish"},
  "Small":{"Type":"Pass","Parameters":{"n.$":"$.n","size":"small"},"Next":"Finish"},
  "Finish":{"Type":"Pass","End":true}}})";
constexpr std::string_view pass_loop = R"({"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Choice",
  "Choices":[{"Variable":"$.stop","IsPresent":true,"Next":"C"}],"Default":"A"},"C":{"Type":"Succeed"}}})";
constexpr std::string_view map = R"({"StartAt":"M","States":{"M":{"Type":"Map","ItemProcessor":{"StartAt":"P","States":{
  "P":{"Type":"Pass","End":true}}},"End":true}}})";
constexpr std::string_view input = R"({"n":7})";

class StillClock final : public Clock {
 public:
  Timestamp now() override { return Timestamp{Duration{1'700'000'000'000}}; }
};

// Runs what is posted when it is told to; timers never fire.
class ManualScheduler final : public Scheduler {
 public:
  std::unique_ptr<Timer> after(Duration, std::move_only_function<void()>) override { return std::make_unique<Timer>(); }
  void post(std::move_only_function<void()> action) override { actions_.push_back(std::move(action)); }
  void run() {
    while (!actions_.empty()) {
      for (auto& action : std::exchange(actions_, {})) action();
    }
  }

 private:
  std::vector<std::move_only_function<void()>> actions_;
};

class NoLog final : public Log {
 public:
  void write(Level, std::string_view) override {}
};

class NoWorld final : public World {
 public:
  bool activity_exists(std::string_view) override { return false; }
  std::string task_token(const TaskRef&) override { return {}; }
  std::shared_ptr<const Revision> revision(std::string_view, std::string_view) override { return nullptr; }
};

class NoEffects final : public Effects {
 public:
  void perform(Effect) override {}
};

struct Bench {
  StillClock clock;
  SeededRandom random{1};
  ManualScheduler scheduler;
  store::MemoryStore store;
  NoWorld world;
  NoEffects effects;
  NoLog log;
  Engine engine{1, {store, world, effects, clock, random, scheduler, log, {}}};

  std::shared_ptr<const Revision> revision(std::string_view definition, asl::MachineType type) {
    auto made = std::make_shared<Revision>();
    made->machine_name = "m";
    made->machine_arn = "arn:aws:states:us-east-1:123456789012:stateMachine:m";
    made->revision_id = "r";
    made->type = type;
    made->machine = *asl::Machine::compile(definition);
    return made;
  }
  std::size_t run_sync(const std::shared_ptr<const Revision>& machine, std::string text) {
    std::size_t bytes = 0;
    engine.start_sync(
        {.revision = machine, .name = "e", .input = std::move(text), .trace_header = {}, .unique_name = true},
        [&](Result<Finished> finished) { bytes = finished->output.size(); });
    scheduler.run();
    return bytes;
  }
};

void transition(benchmark::State& state) {
  Bench bench;
  const auto machine = bench.revision(pass_loop, asl::MachineType::standard);
  for (auto _ : state) {
    Execution execution;
    execution.revision = machine;
    Decision decision;
    Limits limits;
    limits.max_events = 4'003;
    Interpreter interpreter(execution, bench.world, bench.random, limits, bench.clock.now(), decision);
    interpreter.start(Payload::of_text(execution.arena, input));
    benchmark::DoNotOptimize(decision.events.size());
  }
  state.counters["transitions/s"] = benchmark::Counter(2'000, benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(transition)->Unit(benchmark::kMicrosecond);

void express_of_five_states(benchmark::State& state) {
  Bench bench;
  const auto machine = bench.revision(five_states, asl::MachineType::express);
  for (auto _ : state) benchmark::DoNotOptimize(bench.run_sync(machine, std::string(input)));
}
BENCHMARK(express_of_five_states);

void standard_of_five_states_in_memory(benchmark::State& state) {
  Bench bench;
  const auto machine = bench.revision(five_states, asl::MachineType::standard);
  std::size_t started = 0;
  for (auto _ : state) {
    bench.engine.start({.revision = machine,
                        .name = std::to_string(++started),
                        .input = std::string(input),
                        .trace_header = {},
                        .unique_name = true},
                       [](Result<StartOutcome> outcome) { benchmark::DoNotOptimize(outcome.has_value()); });
    bench.scheduler.run();
  }
}
BENCHMARK(standard_of_five_states_in_memory);

void map_over_1000_items(benchmark::State& state) {
  Bench bench;
  const auto machine = bench.revision(map, asl::MachineType::express);
  std::string items = "[0";
  for (int i = 1; i < 1000; ++i) items += "," + std::to_string(i);
  items += "]";
  for (auto _ : state) benchmark::DoNotOptimize(bench.run_sync(machine, items));
}
BENCHMARK(map_over_1000_items)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace stepwell::engine
