// Costs that must not grow with the execution: an item of an inline Map whose iterations wait for an activity, over
// 1,000 and 10,000 items; a page of 100 events of a history of 2,000 to 200,000 events, anywhere in it, in both
// directions. Compare the sizes of each: less than 1.3 times.

#include "engine/engine.h"
#include "engine/queries.h"
#include "store/memory/memory_store.h"
#include "store/rocksdb/rocksdb_store.h"

#include <condition_variable>
#include <filesystem>
#include <limits>
#include <mutex>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

namespace stepwell::engine {
namespace {

constexpr std::string_view map_of_tasks = R"({"StartAt":"M","States":{"M":{"Type":"Map","ItemProcessor":{"StartAt":"T",
  "States":{"T":{"Type":"Task","Resource":"arn:aws:states:us-east-1:123456789012:activity:a","End":true}}},"End":true}}})";
constexpr std::string_view count_down = R"~({"StartAt":"C","States":{
  "C":{"Type":"Choice","Choices":[{"Variable":"$.n","NumericGreaterThan":0,"Next":"P"}],"Default":"S"},
  "P":{"Type":"Pass","Parameters":{"n.$":"States.MathAdd($.n,-1)"},"Next":"C"},"S":{"Type":"Succeed"}}})~";

class StillClock final : public Clock {
 public:
  Timestamp now() override { return Timestamp{Duration{1'700'000'000'000}}; }
};

// What is posted, from any thread, runs when it is waited for; timers never fire.
class Posted final : public Scheduler {
 public:
  std::unique_ptr<Timer> after(Duration, std::move_only_function<void()>) override { return std::make_unique<Timer>(); }
  void post(std::move_only_function<void()> action) override {
    const std::lock_guard lock(mutex_);
    actions_.push_back(std::move(action));
    changed_.notify_one();
  }
  template <typename Condition>
  void run_until(Condition done) {
    while (!done()) {
      std::vector<std::move_only_function<void()>> actions;
      {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return !actions_.empty(); });
        actions.swap(actions_);
      }
      for (auto& action : actions) action();
    }
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::move_only_function<void()>> actions_;
};

class NoLog final : public Log {
 public:
  void write(Level, std::string_view) override {}
};

class OneRevision final : public World {
 public:
  bool activity_exists(std::string_view) override { return true; }
  std::string task_token(const TaskRef&) override { return {}; }
  std::shared_ptr<const Revision> revision(std::string_view, std::string_view) override { return made; }
  std::shared_ptr<const Revision> made;
};

class CountedEnds final : public Effects {
 public:
  void perform(Effect effect) override { ends += std::holds_alternative<ExecutionEnded>(effect) ? 1 : 0; }
  int ends = 0;
};

class Memory {
 public:
  store::Store& store() { return store_; }

 private:
  store::MemoryStore store_;
};

class OnDisk {
 public:
  OnDisk() {
    std::string pattern = (std::filesystem::temp_directory_path() / "stepwell-bench-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
    store_ = store::RocksDbStore::open(path_, {.sync = store::RocksDbOptions::Sync::interval}).value();
  }
  ~OnDisk() {
    store_.reset();
    std::filesystem::remove_all(path_);
  }
  OnDisk(const OnDisk&) = delete;
  OnDisk& operator=(const OnDisk&) = delete;
  store::Store& store() { return *store_; }

 private:
  std::string path_;
  std::unique_ptr<store::RocksDbStore> store_;
};

template <typename Driver>
struct Bench {
  explicit Bench(std::string_view definition) {
    auto made = std::make_shared<Revision>();
    made->machine_name = "m";
    made->machine_arn = "arn:aws:states:us-east-1:123456789012:stateMachine:m";
    made->revision_id = "r";
    made->machine = *asl::Machine::compile(definition);
    world.made = made;
    limits.max_events = std::numeric_limits<EventId>::max();
    engine = std::make_unique<Engine>(
        ShardId{1}, ShardPorts{driver.store(), world, effects, clock, random, scheduler, log, limits});
  }

  ExecutionId start(std::string input) {
    std::optional<ExecutionId> id;
    engine->start({.revision = world.made,
                   .name = std::to_string(++started),
                   .input = std::move(input),
                   .trace_header = {},
                   .unique_name = true},
                  [&](Result<StartOutcome> outcome) { id = outcome->id; });
    scheduler.run_until([&] { return id.has_value(); });
    return *id;
  }

  // A worker takes the first task of the queue and answers it.
  void work() {
    std::optional<TaskRef> task;
    {
      const auto cursor = driver.store().scan(store::Table::activity_queue, after, {}, store::Direction::forward);
      task = read_queue_key(cursor->key());
      after = cursor->key();
    }
    int answers = 0;
    engine->shard(task->execution).start_activity_task(*task, "w", [&](Result<std::string>) { ++answers; });
    engine->shard(task->execution).complete_task(*task, R"({"done":true})", [&](const Result<void>&) { ++answers; });
    scheduler.run_until([&] { return answers == 2; });
  }

  StillClock clock;
  SeededRandom random{1};
  Posted scheduler;
  Driver driver;
  OneRevision world;
  CountedEnds effects;
  NoLog log;
  Limits limits;
  std::unique_ptr<Engine> engine;
  std::size_t started = 0;
  std::string after;
};

template <typename Driver>
void item_of_a_map(benchmark::State& state) {
  const std::int64_t items = state.range(0);
  std::string input = "[";
  for (std::int64_t i = 0; i < items; ++i) {
    input += fmt::format(R"({}{{"n":{},"text":"an item of an array"}})", i == 0 ? "" : ",", i);
  }
  input += "]";
  Bench<Driver> bench(map_of_tasks);
  for (auto _ : state) {
    bench.start(input);
    for (std::int64_t i = 0; i < items; ++i) bench.work();
    const int ends = static_cast<int>(bench.started);
    bench.scheduler.run_until([&] { return bench.effects.ends == ends; });
  }
  state.SetItemsProcessed(state.iterations() * items);
}
BENCHMARK(item_of_a_map<Memory>)->Arg(1'000)->Arg(10'000)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(item_of_a_map<OnDisk>)->Arg(1'000)->Arg(10'000)->Unit(benchmark::kMillisecond)->UseRealTime();

// One page at each of many places, which lie evenly over the history and differently in the records of the store.
template <typename Driver, Order order>
void page_of_history(benchmark::State& state) {
  constexpr std::int64_t places = 97;
  constexpr std::size_t page_events = 100;
  Bench<Driver> bench(count_down);
  // Four events a turn.
  const ExecutionId id = bench.start(fmt::format(R"({{"n":{}}})", state.range(0) / 4));
  const Queries queries(bench.driver.store());
  const std::int64_t room = state.range(0) - 4 * static_cast<std::int64_t>(page_events);
  std::int64_t place = 0;
  for (auto _ : state) {
    place = (place + 1) % places;
    const HistoryPosition from{2 * page_events + static_cast<Serial>(room * place / places)};
    json::Arena arena;
    const auto page = queries.history(id, from, order, page_events, arena);
    if (!page || page->events.size() != page_events) std::abort();
    for (const Event& event : page->events) {
      for (const Field& field : event.fields) {
        if (field.payload() != nullptr) benchmark::DoNotOptimize(field.payload()->text(arena).size());
      }
    }
  }
}
void lengths(benchmark::internal::Benchmark* bench) {
  for (const std::int64_t events : {2'000, 20'000, 200'000}) bench->Arg(events);
}
BENCHMARK(page_of_history<OnDisk, Order::oldest_first>)->Apply(lengths)->Unit(benchmark::kMicrosecond);
BENCHMARK(page_of_history<OnDisk, Order::newest_first>)->Apply(lengths)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace stepwell::engine
