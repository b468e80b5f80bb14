#pragma once
// A shard in a world of its own: virtual time, a store in memory, effects that are only noted. Restarting it makes a
// new engine over the same store, as a crash would.

#include "../../support/virtual_time.h"
#include "engine/engine.h"
#include "engine/event_codec.h"
#include "engine/queries.h"
#include "lang/json/print.h"
#include "store/codec.h"
#include "store/memory/memory_store.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace stepwell::engine {

class TestWorld final : public World {
 public:
  bool activity_exists(std::string_view arn) override { return !arn.ends_with(":missing"); }
  std::string task_token(const TaskRef& task) override {
    return fmt::format("token-{}-{}", task.scope, task.scheduled);
  }
  std::shared_ptr<const Revision> revision(std::string_view, std::string_view id) override {
    const auto found = revisions.find(std::string(id));
    return found == revisions.end() ? nullptr : found->second;
  }
  std::map<std::string, std::shared_ptr<const Revision>> revisions;
};

class NotedEffects final : public Effects {
 public:
  void perform(Effect effect) override {
    if (auto* task = std::get_if<RunTask>(&effect))
      tasks.push_back(std::move(*task));
    else if (auto* cancel = std::get_if<CancelTask>(&effect))
      cancelled.push_back(cancel->task);
    else if (auto* queued = std::get_if<ActivityQueued>(&effect))
      activities.push_back(std::move(queued->activity_arn));
    else
      ended.push_back(std::get<ExecutionEnded>(effect));
  }
  std::vector<RunTask> tasks;
  std::vector<TaskRef> cancelled;
  std::vector<std::string> activities;
  std::vector<ExecutionEnded> ended;
};

class EngineTest : public testing::Test {
 protected:
  EngineTest() { restart(); }

  // A new engine over what the store has.
  void restart() {
    engine_.reset();
    scheduler_.clear();
    engine_ = std::make_unique<Engine>(
        ShardId{2}, ShardPorts{store_, world_, effects_, clock_, random_, scheduler_, log_, limits_});
    const auto recovered = engine_->recover();
    ASSERT_TRUE(recovered.has_value()) << recovered.error().message;
  }

  std::shared_ptr<const Revision> machine(const std::string& definition,
                                          asl::MachineType type = asl::MachineType::standard) {
    auto compiled = asl::Machine::compile(definition);
    EXPECT_TRUE(compiled.has_value()) << (compiled ? "" : compiled.error().message);
    auto revision = std::make_shared<Revision>();
    revision->machine_name = "m";
    revision->machine_arn = "arn:aws:states:us-east-1:123456789012:stateMachine:m";
    revision->revision_id = fmt::format("r{}", world_.revisions.size());
    revision->role_arn = "arn:aws:iam::123456789012:role/r";
    revision->type = type;
    revision->machine = *compiled;
    world_.revisions[revision->revision_id] = revision;
    return revision;
  }

  StartOutcome start(const std::shared_ptr<const Revision>& revision, const std::string& input = "{}",
                     const std::string& name = "e") {
    std::optional<Result<StartOutcome>> outcome;
    engine_->start({.revision = revision, .name = name, .input = input, .trace_header = {}, .unique_name = false},
                   [&](Result<StartOutcome> result) { outcome = std::move(result); });
    scheduler_.run();
    EXPECT_TRUE(outcome && *outcome);
    return **outcome;
  }

  Finished start_sync(const std::shared_ptr<const Revision>& revision, const std::string& input = "{}") {
    std::optional<Finished> finished;
    engine_->start_sync({.revision = revision, .name = "e", .input = input, .trace_header = {}, .unique_name = true},
                        [&](Result<Finished> result) { finished = std::move(*result); });
    scheduler_.run();
    EXPECT_TRUE(finished.has_value());
    return finished.value_or(Finished{});
  }

  Result<void> complete(const TaskRef& task, const std::string& result) {
    return answer(
        [&](Reply<void> reply) { engine_->shard(task.execution).complete_task(task, result, std::move(reply)); });
  }
  Result<void> fail_with(const TaskRef& task, const std::string& error, const std::string& cause = "because") {
    return answer(
        [&](Reply<void> reply) { engine_->shard(task.execution).fail_task(task, error, cause, std::move(reply)); });
  }

  void pass(Duration by) { scheduler_.run_until(clock_.now() + by); }

  ExecutionView describe(ExecutionId id) {
    const auto view = Queries(store_).describe(id);
    EXPECT_TRUE(view && *view);
    return **view;
  }
  Status status(ExecutionId id) { return describe(id).record.status; }

  // "5 ParallelStateStarted<4", one a line.
  std::string history(ExecutionId id) {
    json::Arena arena;
    const auto page = Queries(store_).history(id, std::nullopt, Order::oldest_first, 25'000, arena);
    EXPECT_TRUE(page.has_value());
    std::string text;
    for (const Event& event : page->events)
      text += fmt::format("{} {}<{}\n", event.id, info(event.type).name, event.previous);
    return text;
  }

  std::size_t rows(store::Table table) {
    std::size_t count = 0;
    for (auto cursor = store_.scan(table, {}, {}, store::Direction::forward); cursor->valid(); cursor->next()) ++count;
    return count;
  }

  VirtualClock clock_;
  SeededRandom random_{7};
  VirtualScheduler scheduler_{clock_};
  store::MemoryStore store_;
  TestWorld world_;
  NotedEffects effects_;
  NoLog log_;
  Limits limits_;
  std::unique_ptr<Engine> engine_;

 private:
  template <typename Send>
  Result<void> answer(Send send) {
    std::optional<Result<void>> outcome;
    send([&](Result<void> result) { outcome = std::move(result); });
    scheduler_.run();
    EXPECT_TRUE(outcome.has_value());
    return outcome.value_or(fail(internal_error("no answer")));
  }
};

}  // namespace stepwell::engine
