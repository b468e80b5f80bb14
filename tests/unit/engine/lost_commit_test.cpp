// A store that fails for a while: nothing is acknowledged that is not there, and what was under way goes on afterwards.

#include "harness.h"

#include <algorithm>
#include <set>

namespace stepwell::engine {
namespace {

// Fails every commit while `broken` is set, and what rests on a failed one.
class BrokenStore final : public store::Store {
 public:
  Result<std::optional<std::string>> get(store::Table table, std::string_view key) override {
    return inner_.get(table, key);
  }
  std::unique_ptr<store::Cursor> scan(store::Table table, std::string_view from, std::string_view to,
                                      store::Direction direction) override {
    return inner_.scan(table, from, to, direction);
  }
  store::Ticket write(store::Batch batch, store::Committed committed) override {
    ++tickets_;
    if (broken || lost_.contains(batch.required())) {
      lost_.insert(tickets_);
      committed(fail(internal_error("The storage is full.")));
    } else {
      inner_.commit(std::move(batch), std::move(committed));
    }
    return tickets_;
  }
  bool broken = false;

 private:
  store::MemoryStore inner_;
  store::Ticket tickets_ = 0;
  std::set<store::Ticket> lost_;
};

class LostCommitTest : public EngineTest {
 protected:
  LostCommitTest() {
    failing_ = std::make_unique<Engine>(
        ShardId{1}, ShardPorts{broken_store_, world_, effects_, clock_, random_, scheduler_, log_, limits_});
  }
  Result<StartOutcome> try_start(const std::string& name) {
    std::optional<Result<StartOutcome>> outcome;
    failing_->start({.revision = task_, .name = name, .input = "{}", .trace_header = {}, .unique_name = false},
                    [&](Result<StartOutcome> result) { outcome = std::move(result); });
    scheduler_.run();
    return *outcome;
  }
  Result<void> try_complete(const TaskRef& task) {
    std::optional<Result<void>> outcome;
    failing_->shard(task.execution).complete_task(task, "1", [&](Result<void> result) { outcome = std::move(result); });
    scheduler_.run();
    return *outcome;
  }

  BrokenStore broken_store_;
  std::unique_ptr<Engine> failing_;
  std::shared_ptr<const Revision> task_ = machine(
      R"({"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:a","End":true}}})");
};

TEST_F(LostCommitTest, AStartThatIsNotStoredIsRefusedAndLeavesTheNameFree) {
  broken_store_.broken = true;
  EXPECT_FALSE(try_start("a"));
  EXPECT_TRUE(effects_.tasks.empty());
  broken_store_.broken = false;
  const auto again = try_start("a");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->kind, StartOutcome::Kind::started);
  EXPECT_EQ(effects_.tasks.size(), 1U);
}

TEST_F(LostCommitTest, AnAnswerThatIsNotStoredCanBeGivenAgain) {
  ASSERT_TRUE(try_start("a"));
  const TaskRef task = effects_.tasks.at(0).task;
  broken_store_.broken = true;
  EXPECT_FALSE(try_complete(task));
  EXPECT_TRUE(effects_.ended.empty());
  broken_store_.broken = false;
  ASSERT_TRUE(try_complete(task));
  EXPECT_EQ(effects_.ended.size(), 1U);
}

TEST_F(LostCommitTest, TasksOfWhatWasLostAreSentAgainWhenTheStoreIsBack) {
  ASSERT_TRUE(try_start("a"));
  broken_store_.broken = true;
  EXPECT_FALSE(try_complete(effects_.tasks.at(0).task));
  broken_store_.broken = false;
  ASSERT_TRUE(try_start("b"));
  ASSERT_EQ(effects_.tasks.size(), 3U);
  EXPECT_TRUE(std::ranges::any_of(effects_.tasks,
                                  [](const RunTask& sent) { return sent.again && sent.execution_name == "a"; }));
}

TEST_F(LostCommitTest, WhatIsTakenUpAgainSendsNothingThatIsNotStoredYet) {
  const auto two = machine(R"({"StartAt":"T","States":{"T":{"Type":"Task","Resource":
      "arn:aws:lambda:us-east-1:123456789012:function:a","Next":"U"},"U":{"Type":"Task","Resource":
      "arn:aws:lambda:us-east-1:123456789012:function:a","End":true}}})");
  task_ = two;
  ASSERT_TRUE(try_start("a"));
  const TaskRef task = effects_.tasks.at(0).task;
  broken_store_.broken = true;
  // The first answer is lost; the second is given at once, and its commit fails as well, but nobody knows that yet when
  // the start of another execution shows that the store takes commits.
  failing_->shard(task.execution).complete_task(task, "1", [&](Result<void>) {
    broken_store_.broken = true;
    failing_->shard(task.execution).complete_task(task, "1", [](Result<void>) {});
    broken_store_.broken = false;
  });
  broken_store_.broken = false;
  ASSERT_TRUE(try_start("b"));
  for (const RunTask& sent : effects_.tasks) EXPECT_EQ(sent.state_name, "T");
  pass(Duration{10'000});
  ASSERT_TRUE(try_complete(task));
  EXPECT_EQ(effects_.tasks.back().state_name, "U");
}

TEST_F(LostCommitTest, WhatRestsOnALostCommitIsLostWithIt) {
  broken_store_.broken = true;
  std::optional<Result<StartOutcome>> started;
  failing_->start({.revision = task_, .name = "a", .input = "{}", .trace_header = {}, .unique_name = true},
                  [&](Result<StartOutcome> result) { started = std::move(result); });
  broken_store_.broken = false;
  // The shard has not heard of the failure and decides on top of what is lost.
  std::optional<Result<Timestamp>> stopped;
  const ExecutionId id{.shard = 0,
                       .serial = static_cast<std::uint64_t>(clock_.now().time_since_epoch().count()) << 20U};
  failing_->shard(id).stop(id, std::nullopt, std::nullopt,
                           [&](Result<Timestamp> result) { stopped = std::move(result); });
  scheduler_.run();
  EXPECT_FALSE(*started);
  EXPECT_FALSE(*stopped);
  EXPECT_FALSE(*broken_store_.get(store::Table::execution, execution_key(id)));
}

}  // namespace
}  // namespace stepwell::engine
