// The store: durable commits of five puts of 200 bytes with batches outstanding, a point read, a scan of 100 rows, a
// look-up among the rows of one execution, an open. The directory is made in TMPDIR, or /tmp: what a commit costs is
// mostly what the volume there takes for a sync.

#include "store/codec.h"
#include "store/memory/memory_store.h"
#include "store/rocksdb/rocksdb_store.h"

#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <mutex>

#include <benchmark/benchmark.h>

namespace stepwell::store {
namespace {

class Directory {
 public:
  Directory() : path_((std::filesystem::temp_directory_path() / "stepwell-bench-XXXXXX").string()) {
    if (::mkdtemp(path_.data()) == nullptr) std::abort();
  }
  ~Directory() { std::filesystem::remove_all(path_); }
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

struct InMemory {
  MemoryStore store;
};

struct Synced {
  Directory directory;
  std::unique_ptr<RocksDbStore> opened = RocksDbStore::open(directory.path()).value();
  RocksDbStore& store = *opened;
};

struct SyncedInIntervals {
  Directory directory;
  std::unique_ptr<RocksDbStore> opened =
      RocksDbStore::open(directory.path(), {.sync = RocksDbOptions::Sync::interval}).value();
  RocksDbStore& store = *opened;
};

// What one step of an execution writes.
Batch step(std::uint64_t number) {
  static const std::string value(200, 'v');
  const std::string id = KeyWriter().u64(number).take();
  Batch batch;
  batch.put(Table::execution, id, value);
  batch.put(Table::event, id, value);
  batch.put(Table::scope, id, value);
  batch.put(Table::timer, KeyWriter().u64(number * 7).view(), value);
  batch.put(Table::execution_name, KeyWriter().u64(number * 0x9e3779b97f4a7c15U).view(), value);
  return batch;
}

// As many commits under way as are outstanding; each that is acknowledged lets another follow.
class Window {
 public:
  explicit Window(std::int64_t outstanding) : free_(outstanding), all_(outstanding) {}
  void enter() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return free_ > 0; });
    --free_;
  }
  void leave() {
    {
      const std::lock_guard lock(mutex_);
      ++free_;
    }
    changed_.notify_one();
  }
  void drain() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return free_ == all_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::int64_t free_;
  const std::int64_t all_;
};

template <typename Driver>
void commit(benchmark::State& state) {
  Driver driver;
  Window window(state.range(0));
  std::uint64_t number = 0;
  for (auto _ : state) {
    window.enter();
    driver.store.commit(step(++number), [&window](const Result<void>& result) {
      if (!result) std::abort();
      window.leave();
    });
  }
  window.drain();
  state.SetItemsProcessed(state.iterations());
}

constexpr std::uint64_t rows = 100'000;

template <typename Driver>
void fill(Driver& driver) {
  Window window(1000);
  for (std::uint64_t number = 0; number < rows; ++number) {
    window.enter();
    driver.store.commit(step(number), [&window](const Result<void>&) { window.leave(); });
  }
  window.drain();
}

template <typename Driver>
void get(benchmark::State& state) {
  Driver driver;
  fill(driver);
  std::uint64_t number = 0;
  for (auto _ : state) {
    number = (number + 0x9e3779b97f4a7c15U) % rows;
    benchmark::DoNotOptimize(driver.store.get(Table::execution, KeyWriter().u64(number).view()).value()->size());
  }
  state.SetItemsProcessed(state.iterations());
}

template <typename Driver>
void get_missing(benchmark::State& state) {
  Driver driver;
  fill(driver);
  std::uint64_t number = 1;
  for (auto _ : state) {
    number += 2;
    benchmark::DoNotOptimize(driver.store.get(Table::execution_name, KeyWriter().u64(number).view()).value());
  }
  state.SetItemsProcessed(state.iterations());
}

template <typename Driver>
void scan_100(benchmark::State& state) {
  Driver driver;
  fill(driver);
  std::uint64_t number = 0;
  for (auto _ : state) {
    number = (number + 0x9e3779b97f4a7c15U) % (rows - 100);
    const std::string from = KeyWriter().u64(number).take();
    const std::string to = KeyWriter().u64(number + 100).take();
    std::size_t bytes = 0;
    const auto cursor = driver.store.scan(Table::event, from, to, Direction::forward);
    for (; cursor->valid(); cursor->next()) bytes += cursor->key().size() + cursor->value().size();
    if (bytes != 100 * 208) std::abort();
  }
  state.SetItemsProcessed(state.iterations() * 100);
}

constexpr std::uint64_t executions = 30'000;
constexpr std::uint64_t events = 5;

// Keys as the engine's: shard, serial, event.
std::string event_key(std::uint64_t execution, std::uint64_t event) {
  return KeyWriter().u16(static_cast<std::uint16_t>(execution % 16)).u64(execution).u64(event).take();
}

// The last row up to a place, as payloads are read: each execution is in one file of several.
template <typename Driver>
void last_before(benchmark::State& state) {
  static const std::string value(200, 'v');
  Driver driver;
  Window window(1000);
  for (std::uint64_t number = 0; number < executions; ++number) {
    Batch batch;
    for (std::uint64_t event = 0; event < events; ++event) {
      batch.put(Table::event, event_key(number, event), value);
    }
    window.enter();
    driver.store.commit(std::move(batch), [&window](const Result<void>&) { window.leave(); });
  }
  window.drain();
  std::uint64_t number = 0;
  for (auto _ : state) {
    number = (number + 0x9e3779b97f4a7c15U) % executions;
    const auto cursor =
        driver.store.scan(Table::event, event_key(number, 0), event_key(number, events - 1), Direction::backward);
    if (!cursor->valid()) std::abort();
    benchmark::DoNotOptimize(cursor->value().size());
  }
  state.SetItemsProcessed(state.iterations());
}

void open_new(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    {
      const Directory directory;
      state.ResumeTiming();
      auto store = RocksDbStore::open(directory.path()).value();
      state.PauseTiming();
      store.reset();
    }
    state.ResumeTiming();
  }
}

void open_again(benchmark::State& state) {
  Synced driver;
  fill(driver);
  for (auto _ : state) {
    state.PauseTiming();
    driver.opened.reset();
    state.ResumeTiming();
    driver.opened = RocksDbStore::open(driver.directory.path()).value();
  }
}

BENCHMARK(commit<InMemory>)->Arg(1)->UseRealTime();
BENCHMARK(commit<Synced>)->Arg(1)->Arg(16)->Arg(64)->Arg(256)->UseRealTime()->MeasureProcessCPUTime();
BENCHMARK(commit<SyncedInIntervals>)->Arg(1)->Arg(64)->UseRealTime()->MeasureProcessCPUTime();
BENCHMARK(get<InMemory>);
BENCHMARK(get<Synced>);
BENCHMARK(get_missing<InMemory>);
BENCHMARK(get_missing<Synced>);
BENCHMARK(scan_100<InMemory>);
BENCHMARK(scan_100<Synced>);
BENCHMARK(last_before<InMemory>);
BENCHMARK(last_before<Synced>);
BENCHMARK(open_new)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(open_again)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace stepwell::store
