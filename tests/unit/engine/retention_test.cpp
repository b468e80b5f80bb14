// What has ended goes after its time, in pieces, whatever happens in between; what has not, or is still needed, stays.

#include "engine/upgrade.h"
#include "harness.h"
#include "store/format.h"

namespace stepwell::engine {
namespace {

using std::chrono::days;
using std::chrono::hours;
using store::Table;

constexpr auto pass_once = R"({"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}})";
constexpr auto wait_a_day = R"({"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":86400,"End":true}}})";

class RetentionTest : public EngineTest {
 protected:
  RetentionTest() {
    limits_.retention = days(90);
    restart();
  }

  bool is_there(const StartOutcome& outcome) { return Queries(store_).describe(outcome.id)->has_value(); }
  std::size_t rows_of_executions() {
    return rows(Table::execution) + rows(Table::event) + rows(Table::execution_name) + rows(Table::execution_list) +
           rows(Table::ended_execution) + rows(Table::scope) + rows(Table::timer) + rows(Table::nested_execution);
  }
};

TEST_F(RetentionTest, AnExecutionGoesNinetyDaysAfterItsEnd) {
  const auto outcome = start(machine(pass_once));
  pass(days(90) - Duration{1});
  EXPECT_TRUE(is_there(outcome));
  pass(Duration{1});
  EXPECT_FALSE(is_there(outcome));
  EXPECT_EQ(rows_of_executions(), 0U);
}

TEST_F(RetentionTest, ItGoesFromEveryListThatItStandsIn) {
  engine_->start({.revision = machine(pass_once),
                  .name = "e",
                  .input = "{}",
                  .trace_header = {},
                  .version_arn = "arn:m:1",
                  .alias_arn = "arn:m:live"},
                 [](const Result<StartOutcome>&) {});
  scheduler_.run();
  EXPECT_EQ(rows(Table::execution_list), 3U);
  pass(days(90));
  EXPECT_EQ(rows_of_executions(), 0U);
}

// A token of what was deleted must not fit what comes later.
TEST_F(RetentionTest, AnIdIsNotGivenAgainAlthoughTheClockGoesBack) {
  std::vector<StartOutcome> before;
  for (int i = 0; i < 5; ++i) before.push_back(start(machine(pass_once)));
  pass(days(90));
  EXPECT_EQ(rows_of_executions(), 0U);
  clock_.set(before.front().started);
  restart();
  const auto after = start(machine(pass_once));
  for (const StartOutcome& outcome : before) {
    if (outcome.id.shard == after.id.shard) EXPECT_GT(after.id.serial, outcome.id.serial);
  }
}

TEST_F(RetentionTest, OneThatIsRedrivenStaysUntilItsNextEnd) {
  const auto outcome = start(machine(R"({"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":8000000,"End":true}}})"));
  engine_->shard(outcome.id).stop(outcome.id, {}, {}, [](const Result<Timestamp>&) {});
  pass(days(10));
  engine_->shard(outcome.id).redrive(outcome.id, {}, [](const Result<Timestamp>& at) { EXPECT_TRUE(at); });
  scheduler_.run();
  EXPECT_EQ(rows(Table::ended_execution), 0U);
  pass(days(91));  // the wait is over after 92.6 days
  EXPECT_TRUE(is_there(outcome));
  pass(days(2));
  EXPECT_EQ(status(outcome.id), Status::succeeded);
  pass(days(88));
  EXPECT_TRUE(is_there(outcome));
  pass(days(3));
  EXPECT_FALSE(is_there(outcome));
}

TEST_F(RetentionTest, TheEndCountsNotTheStart) {
  const auto outcome = start(machine(wait_a_day));
  pass(days(90));
  EXPECT_TRUE(is_there(outcome));
  pass(days(1));
  EXPECT_FALSE(is_there(outcome));
  EXPECT_EQ(rows_of_executions(), 0U);
}

TEST_F(RetentionTest, WhatRunsStays) {
  const auto outcome =
      start(machine(R"({"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":17280000,"End":true}}})"));
  pass(days(199));
  EXPECT_EQ(status(outcome.id), Status::running);
}

TEST_F(RetentionTest, ANameIsFreeWhenItsExecutionIsGone) {
  const auto revision = machine(pass_once);
  const auto first = start(revision, "{}", "name");
  pass(days(89));
  EXPECT_EQ(start(revision, "{}", "name").kind, StartOutcome::Kind::taken);
  pass(days(1));
  const auto second = start(revision, "{}", "name");
  EXPECT_EQ(second.kind, StartOutcome::Kind::started);
  EXPECT_NE(first.id, second.id);
  pass(days(89));
  EXPECT_TRUE(is_there(second));
}

TEST_F(RetentionTest, NothingGoesWithoutRetention) {
  limits_.retention.reset();
  restart();
  const auto outcome = start(machine(pass_once));
  pass(days(1000));
  EXPECT_TRUE(is_there(outcome));
}

TEST_F(RetentionTest, TheTimeCanBeChosenAnewWithEachStart) {
  limits_.retention.reset();
  restart();
  const auto outcome = start(machine(pass_once));
  pass(hours(2));
  limits_.retention = hours(3);
  restart();
  pass(hours(1) - Duration{1});
  EXPECT_TRUE(is_there(outcome));
  pass(Duration{1});
  EXPECT_FALSE(is_there(outcome));
}

TEST_F(RetentionTest, ManyGoAndTheYoungerStay) {
  const auto revision = machine(pass_once);
  for (int i = 0; i < 700; ++i) start(revision, "{}", fmt::format("old-{}", i));
  pass(days(10));
  for (int i = 0; i < 20; ++i) start(revision, "{}", fmt::format("young-{}", i));
  pass(days(80));
  EXPECT_EQ(rows(Table::execution), 20U);
  EXPECT_EQ(rows(Table::event), 20U);
  EXPECT_EQ(rows(Table::execution_name), 20U);
  EXPECT_EQ(rows(Table::execution_list), 20U);
  pass(days(10));
  EXPECT_EQ(rows_of_executions(), 0U);
}

// A store that counts what a commit changes, and stops taking commits after some.
class CountingStore final : public store::Store {
 public:
  Result<std::optional<std::string>> get(Table table, std::string_view key) override { return inner.get(table, key); }
  std::unique_ptr<store::Cursor> scan(Table table, std::string_view from, std::string_view to,
                                      store::Direction direction) override {
    return inner.scan(table, from, to, direction);
  }
  store::Ticket write(store::Batch batch, store::Committed committed) override {
    largest = std::max(largest, batch.operations());
    ++commits;
    if (left > 0) {
      --left;
      return inner.commit(std::move(batch), std::move(committed));
    }
    committed(fail(internal_error("The storage is full.")));
    return 0;
  }

  store::MemoryStore inner;
  std::size_t largest = 0;
  std::size_t commits = 0;
  std::size_t left = ~std::size_t{0};
};

// An execution with a history of many records, on a store of its own.
class LongHistoryTest : public RetentionTest {
 protected:
  LongHistoryTest() { restart_on_counting(); }

  void restart_on_counting() {
    engine_.reset();
    scheduler_.clear();
    engine_ = std::make_unique<Engine>(
        ShardId{1}, ShardPorts{counting_, world_, effects_, clock_, random_, scheduler_, log_, limits_});
    ASSERT_TRUE(engine_->recover());
  }

  // A heartbeat is a commit, and so a record of the history, of its own.
  StartOutcome beaten_task(int beats) {
    const auto outcome = start(machine(R"({"StartAt":"T","States":{"T":{"Type":"Task","HeartbeatSeconds":100,
        "Resource":"arn:aws:lambda:us-east-1:123456789012:function:a","End":true}}})"));
    const TaskRef task = effects_.tasks.back().task;
    for (int i = 0; i < beats; ++i) {
      engine_->shard(task.execution).heartbeat(task, [](const Result<void>& beaten) { EXPECT_TRUE(beaten); });
      scheduler_.run();
    }
    EXPECT_TRUE(complete(task, "1"));
    return outcome;
  }

  std::size_t events() {
    std::size_t count = 0;
    for (auto row = counting_.scan(Table::event, {}, {}, store::Direction::forward); row->valid(); row->next()) ++count;
    return count;
  }

  CountingStore counting_;
};

TEST_F(LongHistoryTest, GoesInBoundedPieces) {
  beaten_task(3'000);
  EXPECT_GT(events(), 3'000U);
  counting_.largest = counting_.commits = 0;
  pass(days(90));
  EXPECT_EQ(events(), 0U);
  EXPECT_LE(counting_.largest, 600U);
  EXPECT_GE(counting_.commits, 5U);
}

TEST_F(LongHistoryTest, ACrashInTheMiddleIsTakenUp) {
  for (std::size_t crash_after = 0; crash_after < 8; ++crash_after) {
    const auto outcome = beaten_task(2'000);
    counting_.left = crash_after;
    pass(days(90));
    // Found whole or not at all, however much of it is left.
    const auto view = Queries(counting_).describe(outcome.id);
    EXPECT_EQ(view->has_value(), crash_after == 0);
    EXPECT_EQ(events() == 0, crash_after >= 4) << events() << " after " << crash_after;
    counting_.left = ~std::size_t{0};
    restart_on_counting();
    pass(Duration{1});
    EXPECT_EQ(events(), 0U);
    EXPECT_FALSE(counting_.scan(Table::ended_execution, {}, {}, store::Direction::forward)->valid());
    EXPECT_FALSE(counting_.scan(Table::execution_name, {}, {}, store::Direction::forward)->valid());
  }
}

TEST_F(LongHistoryTest, AFullStoreIsTriedAgain) {
  beaten_task(600);
  counting_.left = 0;
  pass(days(90));
  counting_.left = ~std::size_t{0};
  pass(Duration{2'000});
  EXPECT_EQ(events(), 0U);
}

class NestedRetentionTest : public RetentionTest {
 protected:
  StartOutcome start_nested(const Starter& starter) {
    std::optional<StartOutcome> outcome;
    engine_->start({.revision = machine(pass_once),
                    .name = "child",
                    .input = "{}",
                    .trace_header = {},
                    .unique_name = false,
                    .starter = starter},
                   [&](Result<StartOutcome> result) { outcome = std::move(*result); });
    scheduler_.run();
    return *outcome;
  }
  void erase_nested() {
    store::Batch batch;
    batch.erase_range(Table::nested_execution, {}, {});
    store_.commit(std::move(batch), [](const Result<void>&) {});
  }
};

TEST_F(NestedRetentionTest, AChildStaysUntilItsTaskHasBeenTold) {
  const TaskRef task{.execution = {.shard = 0, .serial = 77}, .scope = 0, .scheduled = 3};
  const auto child = start_nested({.task = task, .pattern = asl::Pattern::sync});
  pass(days(95));
  EXPECT_TRUE(is_there(child));
  erase_nested();
  pass(Duration{60'000});
  EXPECT_FALSE(is_there(child));
  EXPECT_EQ(rows_of_executions(), 0U);
}

TEST_F(NestedRetentionTest, AParentStaysUntilItsChildHasBeenStopped) {
  const auto parent = start(machine(R"({"StartAt":"T","States":{"T":{"Type":"Task",
      "Resource":"arn:aws:states:::states:startExecution.sync","Parameters":{},"End":true}}})"));
  engine_->shard(parent.id).stop(parent.id, {}, {}, [](const Result<Timestamp>&) {});
  scheduler_.run();
  EXPECT_EQ(rows(Table::nested_execution), 1U);
  pass(days(95));
  EXPECT_TRUE(is_there(parent));
  erase_nested();
  pass(Duration{60'000});
  EXPECT_FALSE(is_there(parent));
}

TEST_F(RetentionTest, EveryListLosesIt) {
  const auto revision = machine(pass_once);
  engine_->start({.revision = revision,
                  .name = "of an alias",
                  .input = "{}",
                  .trace_header = {},
                  .unique_name = false,
                  .version_arn = revision->machine_arn + ":1",
                  .alias_arn = revision->machine_arn + ":live"},
                 [](Result<StartOutcome> result) { EXPECT_TRUE(result); });
  scheduler_.run();
  EXPECT_EQ(rows(Table::execution_list), 3U);
  pass(days(90));
  EXPECT_EQ(rows_of_executions(), 0U);
}

TEST_F(RetentionTest, ARedriveTakesItAwayFromDeletion) {
  const auto outcome = start(machine(R"({"StartAt":"T","States":{"T":{"Type":"Task",
      "Resource":"arn:aws:lambda:us-east-1:123456789012:function:a","End":true}}})"));
  ASSERT_TRUE(fail_with(effects_.tasks.back().task, "E"));
  EXPECT_EQ(rows(Table::ended_execution), 1U);
  pass(days(10));
  engine_->shard(outcome.id).redrive(outcome.id, "", [](Result<Timestamp> redriven) { EXPECT_TRUE(redriven); });
  scheduler_.run();
  EXPECT_EQ(rows(Table::ended_execution), 0U);
  pass(days(85));
  EXPECT_EQ(status(outcome.id), Status::running);
  ASSERT_TRUE(complete(effects_.tasks.back().task, "1"));
  pass(days(89));
  EXPECT_TRUE(is_there(outcome));
  pass(days(1));
  EXPECT_EQ(rows_of_executions(), 0U);
}

TEST_F(RetentionTest, DataOfTheFirstFormatIsUpgraded) {
  const auto ended = start(machine(pass_once), "{}", "ended");
  const auto running = start(machine(R"({"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":17280000,"End":true}}})"),
                             "{}", "running");
  store::Batch batch;
  batch.erase_range(Table::ended_execution, {}, {});
  store_.commit(std::move(batch), [](const Result<void>&) {});
  ASSERT_TRUE(store::write_format(store_, 1));
  for (int attempt = 0; attempt < 2; ++attempt) ASSERT_TRUE(upgrade(store_, log_));
  EXPECT_EQ(store::read_format(store_).value(), store::format_number);
  restart();
  pass(days(90));
  EXPECT_FALSE(is_there(ended));
  EXPECT_TRUE(is_there(running));
}

}  // namespace
}  // namespace stepwell::engine
