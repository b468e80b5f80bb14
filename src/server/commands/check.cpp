// stepwell check: whether the data of a stopped server is sound (engine/check). Prints a line for each finding; exit
// code 1 when there is one, 2 when the data cannot be opened, as when the server is running on it.

#include "engine/check/checker.h"
#include "net/loop.h"
#include "server/commands/commands.h"
#include "services/states/machines.h"
#include "store/format.h"
#include "store/rocksdb/rocksdb_store.h"

#include <chrono>
#include <cstdio>
#include <unistd.h>

#include <fmt/format.h>

namespace stepwell::server {
namespace {

// What the rules ask of Step Functions' own tables.
class StoredWorld final : public engine::World {
 public:
  explicit StoredWorld(store::Store& store) : machines_(store, loop_) {}
  bool activity_exists(std::string_view) override { return true; }
  std::string task_token(const engine::TaskRef&) override { return {}; }
  std::shared_ptr<const engine::Revision> revision(std::string_view machine_arn,
                                                   std::string_view revision_id) override {
    return machines_.revision(machine_arn, revision_id);
  }

 private:
  net::Loop loop_;
  states::Machines machines_;
};

// One line on a terminal, a few times a second.
class Progress {
 public:
  void show(const engine::check::Checker::Counts& counts) {
    const auto now = std::chrono::steady_clock::now();
    if (!terminal_ || now - shown_ < std::chrono::milliseconds(200)) return;
    shown_ = now;
    fmt::print(stderr, "\r{} executions, {} events", counts.executions, counts.events);
  }
  void end() {
    if (terminal_) fmt::print(stderr, "\r\033[K");
  }

 private:
  const bool terminal_ = ::isatty(STDERR_FILENO) != 0;
  std::chrono::steady_clock::time_point shown_ = std::chrono::steady_clock::now();
};

}  // namespace

int check(const CheckOptions& options) {
  const auto store =
      store::RocksDbStore::open(options.data_dir + "/store", {.access = store::RocksDbOptions::Access::read_only});
  if (!store) {
    fmt::print(stderr, "{}\n{}\n", store.error().message, store.error().detail);
    return 2;
  }
  const auto format = store::read_format(**store);
  if (!format || *format != store::format_number) {
    fmt::print(stderr, "The data is not of the present format; the server upgrades it when it is started.\n");
    return 2;
  }
  StoredWorld world(**store);
  engine::check::Checker checker(**store, world);
  Progress progress;
  checker.check_all([&progress](const auto& counts) { progress.show(counts); });
  progress.end();
  const auto& report = checker.report();
  for (const auto& finding : report.findings()) fmt::print("{}\n", text_of(finding));
  if (report.count() > report.findings().size()) {
    fmt::print("… and {} more\n", report.count() - report.findings().size());
  }
  const auto& counts = checker.counts();
  fmt::print("{} executions with {} events: {}\n", counts.executions, counts.events,
             report.count() == 0 ? "sound" : fmt::format("{} findings", report.count()));
  return report.count() == 0 ? 0 : 1;
}

}  // namespace stepwell::server
