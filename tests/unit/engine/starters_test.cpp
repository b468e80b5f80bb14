// Executions that tasks have started: the same start twice, who is told of the end, and what stands in the table of
// nested executions while it is so.

#include "harness.h"

namespace stepwell::engine {
namespace {

constexpr auto waiting = R"({"StartAt":"T","States":{"T":{"Type":"Task",
  "Resource":"arn:aws:states:::states:startExecution.sync","Parameters":{"StateMachineArn":"c"},"TimeoutSeconds":9,
  "Catch":[{"ErrorEquals":["States.ALL"],"Next":"W"}],"End":true},"W":{"Type":"Wait","Seconds":100,"End":true}}})";
constexpr auto short_child = R"({"StartAt":"P","States":{"P":{"Type":"Pass","Result":{"a":1},"End":true}}})";
constexpr auto long_child = R"({"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":50,"End":true}}})";

class StartersTest : public EngineTest {
 protected:
  Result<StartOutcome> start_by(const std::shared_ptr<const Revision>& revision, const Starter& starter,
                                const std::string& name = "child", const std::string& input = "{}") {
    std::optional<Result<StartOutcome>> outcome;
    engine_->start({.revision = revision, .name = name, .input = input, .trace_header = {}, .starter = starter},
                   [&](Result<StartOutcome> result) { outcome = std::move(result); });
    scheduler_.run();
    return outcome.value_or(fail(internal_error("no answer")));
  }
  Result<void> submit(const TaskRef& task) {
    Result<void> outcome;
    engine_->shard(task.execution).submit_task(task, "{}", [&](Result<void> result) { outcome = std::move(result); });
    scheduler_.run();
    return outcome;
  }
  std::optional<NestedExecution> row(NestedRow kind, const TaskRef& task) {
    const std::string key = nested_key(kind, task);
    const auto value = store_.get(store::Table::nested_execution, key);
    return *value ? read_nested(key, **value) : std::nullopt;
  }
  // The task of a parent that waits, as it was sent.
  TaskRef parent_task() {
    start(machine(waiting), "{}", "parent");
    return effects_.tasks.back().task;
  }
};

TEST_F(StartersTest, TheStartOfAnAwaitedExecutionSaysWhoWaits) {
  const TaskRef task = parent_task();
  const auto child = start_by(machine(long_child), {task, asl::Pattern::sync2});
  ASSERT_TRUE(child);
  const auto nested = row(NestedRow::waiting, task);
  ASSERT_TRUE(nested);
  EXPECT_EQ(nested->execution, child->id);
  EXPECT_EQ(nested->task, task);
  EXPECT_EQ(nested->pattern, asl::Pattern::sync2);
  EXPECT_EQ(rows(store::Table::nested_execution), 1U);
}

TEST_F(StartersTest, AStartThatNobodyWaitsForLeavesNoRow) {
  const TaskRef task = parent_task();
  ASSERT_TRUE(start_by(machine(short_child), {task, asl::Pattern::request_response}));
  EXPECT_EQ(rows(store::Table::nested_execution), 0U);
  EXPECT_TRUE(effects_.ended.back().awaited_by.empty());
}

TEST_F(StartersTest, TheEndTellsTheTaskAndStandsInTheTable) {
  const TaskRef task = parent_task();
  const auto revision = machine(long_child);
  const auto child = start_by(revision, {task, asl::Pattern::sync});
  restart();
  pass(std::chrono::seconds(50));
  ASSERT_EQ(effects_.ended.size(), 1U);
  ASSERT_EQ(effects_.ended[0].awaited_by.size(), 1U);
  EXPECT_EQ(effects_.ended[0].awaited_by[0].task, task);
  EXPECT_EQ(effects_.ended[0].execution, child->id);
  ASSERT_TRUE(row(NestedRow::ended, task));
  EXPECT_EQ(row(NestedRow::ended, task)->execution, child->id);
}

TEST_F(StartersTest, TheAnswerTakesTheRowsAway) {
  const TaskRef task = parent_task();
  start_by(machine(short_child), {task, asl::Pattern::sync});
  EXPECT_EQ(rows(store::Table::nested_execution), 2U);
  ASSERT_TRUE(submit(task));
  EXPECT_EQ(rows(store::Table::nested_execution), 2U);
  restart();
  ASSERT_TRUE(complete(task, "{}"));
  EXPECT_EQ(rows(store::Table::nested_execution), 0U);
}

TEST_F(StartersTest, ATaskGivenUpStandsInTheTable) {
  const TaskRef task = parent_task();
  start_by(machine(long_child), {task, asl::Pattern::sync});
  ASSERT_TRUE(submit(task));
  restart();
  pass(std::chrono::seconds(9));
  ASSERT_EQ(effects_.cancelled.size(), 1U);
  EXPECT_TRUE(row(NestedRow::cancelled, task));
  EXPECT_TRUE(row(NestedRow::waiting, task));
}

TEST_F(StartersTest, AStoppedExecutionGivesItsTaskUp) {
  const TaskRef task = parent_task();
  engine_->shard(task.execution).stop(task.execution, std::nullopt, std::nullopt, [](Result<Timestamp>) {});
  scheduler_.run();
  EXPECT_TRUE(row(NestedRow::cancelled, task));
}

TEST_F(StartersTest, TheSameAttemptStartsTheSameExecutionEvenWhenItHasEnded) {
  const TaskRef task = parent_task();
  const auto revision = machine(short_child);
  const auto first = start_by(revision, {task, asl::Pattern::sync});
  EXPECT_EQ(first->kind, StartOutcome::Kind::started);
  restart();
  const auto again = start_by(revision, {task, asl::Pattern::sync});
  EXPECT_EQ(again->kind, StartOutcome::Kind::same);
  EXPECT_EQ(again->id, first->id);
  EXPECT_EQ(start_by(revision, {{task.execution, task.scope, task.scheduled + 9}, asl::Pattern::sync})->kind,
            StartOutcome::Kind::taken);
}

TEST_F(StartersTest, ASecondTaskSharesARunningExecution) {
  const TaskRef first = parent_task();
  const TaskRef second{.execution = first.execution, .scope = 7, .scheduled = 40};
  const auto revision = machine(long_child);
  const auto child = start_by(revision, {first, asl::Pattern::sync});
  const auto same = start_by(revision, {second, asl::Pattern::sync2});
  EXPECT_EQ(same->kind, StartOutcome::Kind::same);
  EXPECT_EQ(same->id, child->id);
  restart();
  pass(std::chrono::seconds(50));
  ASSERT_EQ(effects_.ended.back().awaited_by.size(), 2U);
  EXPECT_EQ(effects_.ended.back().awaited_by[1].task, second);
  EXPECT_TRUE(row(NestedRow::ended, first));
  EXPECT_EQ(row(NestedRow::ended, second)->pattern, asl::Pattern::sync2);
}

TEST_F(StartersTest, ACertainNumberOfTasksShareAnExecution) {
  const TaskRef task = parent_task();
  const auto revision = machine(long_child);
  StartOutcome::Kind kind{};
  for (ScopeId scope = 0; scope <= max_starters; ++scope) {
    kind = start_by(revision, {{task.execution, scope, 3}, asl::Pattern::sync})->kind;
    EXPECT_EQ(kind == StartOutcome::Kind::taken, scope == max_starters);
  }
}

TEST_F(StartersTest, AnotherInputIsAnotherExecution) {
  const TaskRef task = parent_task();
  const auto revision = machine(long_child);
  start_by(revision, {task, asl::Pattern::sync});
  EXPECT_EQ(start_by(revision, {{task.execution, 7, 40}, asl::Pattern::sync}, "child", "[]")->kind,
            StartOutcome::Kind::taken);
}

}  // namespace
}  // namespace stepwell::engine
