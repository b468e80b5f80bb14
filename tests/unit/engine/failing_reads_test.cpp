// A store whose reads fail for a while: nothing goes on from what could not be read, and everything goes on afterwards.

#include "harness.h"
#include "store/errors.h"

#include <algorithm>

namespace stepwell::engine {
namespace {

class FailedCursor final : public store::Cursor {
 public:
  bool valid() const override { return false; }
  std::string_view key() const override { return {}; }
  std::string_view value() const override { return {}; }
  void next() override {}
  Result<void> status() const override { return fail(store::storage_corrupted("a read failed")); }
};

class Unreadable final : public store::Store {
 public:
  Result<std::optional<std::string>> get(store::Table table, std::string_view key) override {
    if (fails(table)) return fail(store::storage_corrupted("a read failed"));
    return inner.get(table, key);
  }
  std::unique_ptr<store::Cursor> scan(store::Table table, std::string_view from, std::string_view to,
                                      store::Direction direction) override {
    if (fails(table)) return std::make_unique<FailedCursor>();
    return inner.scan(table, from, to, direction);
  }
  store::Ticket write(store::Batch batch, store::Committed committed) override {
    return inner.commit(std::move(batch), std::move(committed));
  }
  store::MemoryStore inner;
  std::optional<store::Table> broken;

 private:
  bool fails(store::Table table) const { return broken == table; }
};

class FailingReadsTest : public EngineTest {
 protected:
  FailingReadsTest() {
    limits_.max_in_memory = 0;  // everything is read again
    begin();
  }
  void begin() {
    shard_.reset();
    scheduler_.clear();
    shard_ = std::make_unique<Engine>(
        ShardId{1}, ShardPorts{unreadable_, world_, effects_, clock_, random_, scheduler_, log_, limits_});
    ASSERT_TRUE(shard_->recover());
  }
  ExecutionId begin_execution(const std::string& definition, const std::string& input = "{}") {
    ExecutionId id;
    shard_->start({.revision = machine(definition), .name = "e", .input = input, .trace_header = {}},
                  [&](Result<StartOutcome> result) { id = result->id; });
    scheduler_.run();
    return id;
  }
  Result<void> complete_task(const TaskRef& task) {
    Result<void> outcome;
    shard_->shard(task.execution).complete_task(task, "1", [&](Result<void> result) { outcome = std::move(result); });
    scheduler_.run();
    return outcome;
  }
  Status status_of(ExecutionId id) { return (*Queries(unreadable_.inner).describe(id))->record.status; }

  Unreadable unreadable_;
  std::unique_ptr<Engine> shard_;
};

constexpr auto wait_then_end = R"({"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":40,"End":true}}})";
constexpr auto call = R"({"StartAt":"T","States":{"T":{"Type":"Task",
  "Resource":"arn:aws:lambda:us-east-1:123456789012:function:a","ResultPath":"$.r","Next":"P"},
  "P":{"Type":"Pass","Parameters":{"input.$":"$$.Execution.Input"},"End":true}}})";

TEST_F(FailingReadsTest, ATimerThatFiresInVainFiresAgain) {
  const ExecutionId id = begin_execution(wait_then_end);
  unreadable_.broken = store::Table::scope;
  pass(Duration{41'000});
  EXPECT_EQ(status_of(id), Status::running);
  unreadable_.broken.reset();
  pass(Duration{60'000});
  EXPECT_EQ(status_of(id), Status::succeeded);
}

TEST_F(FailingReadsTest, TimersThatCouldNotBeReadAreReadAgain) {
  const ExecutionId id = begin_execution(wait_then_end);
  begin();
  unreadable_.broken = store::Table::timer;
  pass(Duration{10'000});
  unreadable_.broken.reset();
  pass(Duration{31'000});
  EXPECT_EQ(status_of(id), Status::succeeded);
}

TEST_F(FailingReadsTest, ACommandThatFailsInTheMiddleLeavesNothingInMemory) {
  const ExecutionId id = begin_execution(call, R"({"a":1})");
  const TaskRef task = effects_.tasks.at(0).task;
  unreadable_.broken = store::Table::event;  // the task's success is decided, the state's input cannot be read
  EXPECT_FALSE(complete_task(task));
  unreadable_.broken.reset();
  EXPECT_TRUE(complete_task(task));
  EXPECT_EQ(status_of(id), Status::succeeded);
  json::Arena arena;
  const auto page = Queries(unreadable_.inner).history(id, std::nullopt, Order::oldest_first, 100, arena);
  ASSERT_TRUE(page);
  for (std::size_t i = 0; i < page->events.size(); ++i) EXPECT_EQ(page->events[i].id, i + 1);
}

TEST_F(FailingReadsTest, ATaskWhoseAnswerWasLostIsSentAgain) {
  begin_execution(call, R"({"a":1})");
  unreadable_.broken = store::Table::event;
  EXPECT_FALSE(complete_task(effects_.tasks.at(0).task));
  unreadable_.broken.reset();
  pass(Duration{60'000});
  ASSERT_EQ(effects_.tasks.size(), 2U);
  EXPECT_TRUE(effects_.tasks[1].again);
}

TEST_F(FailingReadsTest, AnExecutionThatCannotBeReadDoesNotKeepTheOthersFromBeingTakenUp) {
  begin_execution(call);
  const std::string key = execution_key(effects_.tasks.at(0).task.execution);
  const std::string record = **unreadable_.inner.get(store::Table::execution, key);
  store::Batch damage;
  damage.put(store::Table::execution, key, "?");
  unreadable_.inner.commit(std::move(damage), [](Result<void>) {});
  begin();
  store::Batch mended;
  mended.put(store::Table::execution, key, record);
  unreadable_.inner.commit(std::move(mended), [](Result<void>) {});
  pass(Duration{60'000});
  EXPECT_EQ(effects_.tasks.size(), 2U);
}

}  // namespace
}  // namespace stepwell::engine
