// How long an execution may be and may take, and what becomes of it when somebody stops it at that very moment.

#include "harness.h"

#include <limits>
#include <set>

#include <gmock/gmock.h>

namespace stepwell::engine {
namespace {

using std::chrono::days;

constexpr auto for_ever = R"({"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Pass","Next":"A"}}})";
constexpr auto task = R"({"StartAt":"T","States":{"T":{"Type":"Task",
  "Resource":"arn:aws:lambda:us-east-1:123456789012:function:a","End":true}}})";
constexpr auto wait_two_years = R"({"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":63072000,"End":true}}})";
constexpr auto wait_two_years_in_three = R"({"TimeoutSeconds":94608000,"StartAt":"W","States":{"W":{"Type":"Wait",
  "Seconds":63072000,"End":true}}})";
constexpr auto wait_two_years_in_a_minute = R"({"TimeoutSeconds":60,"StartAt":"W","States":{"W":{"Type":"Wait",
  "Seconds":63072000,"End":true}}})";

TEST_F(EngineTest, TheLastEventOfAHistoryIsTheFailure) {
  const auto outcome = start(machine(for_ever));
  const auto view = describe(outcome.id);
  EXPECT_EQ(view.record.status, Status::failed);
  EXPECT_EQ(view.record.error, "States.Runtime");
  EXPECT_EQ(view.record.cause, "The execution reached the maximum number of history events (25000).");
  EXPECT_EQ(view.record.next_event, 25'001U);
  EXPECT_THAT(history(outcome.id), testing::HasSubstr("\n25000 ExecutionFailed<0\n"));
}

TEST_F(EngineTest, TheLimitOfHistoriesCanBeLifted) {
  limits_.max_events = std::numeric_limits<EventId>::max();
  restart();
  constexpr auto count_down = R"~({"StartAt":"C","States":{
    "C":{"Type":"Choice","Choices":[{"Variable":"$.n","NumericGreaterThan":0,"Next":"P"}],"Default":"S"},
    "P":{"Type":"Pass","Parameters":{"n.$":"States.MathAdd($.n,-1)"},"Next":"C"},"S":{"Type":"Succeed"}}})~";
  const auto outcome = start(machine(count_down), R"({"n":10000})");
  EXPECT_EQ(status(outcome.id), Status::succeeded);
  EXPECT_EQ(describe(outcome.id).record.next_event, 40'007U);
}

TEST_F(EngineTest, AnExecutionEndsAfterAYear) {
  for (const auto* definition : {wait_two_years, wait_two_years_in_three}) {
    const auto outcome = start(machine(definition), "{}", fmt::format("e{}", world_.revisions.size()));
    pass(days(200));
    restart();
    pass(days(165) - Duration{1});
    EXPECT_EQ(status(outcome.id), Status::running);
    pass(Duration{1});
    const auto view = describe(outcome.id);
    EXPECT_EQ(view.record.status, Status::timed_out);
    EXPECT_EQ(*view.record.stopped - outcome.started, days(365));
    EXPECT_EQ(view.record.error, "States.Timeout");
    EXPECT_EQ(view.record.cause, std::nullopt);
    EXPECT_EQ(rows(store::Table::timer) + rows(store::Table::scope), 0U);
  }
}

TEST_F(EngineTest, AMachineMayAllowLess) {
  const auto outcome = start(machine(wait_two_years_in_a_minute));
  pass(Duration{60'000});
  EXPECT_EQ(status(outcome.id), Status::timed_out);
}

TEST_F(EngineTest, AnExpressExecutionEndsAfterFiveMinutes) {
  std::optional<Finished> finished;
  engine_->start_sync({.revision = machine(wait_two_years, asl::MachineType::express),
                       .name = "e",
                       .input = "{}",
                       .trace_header = {},
                       .unique_name = true},
                      [&](Result<Finished> result) { finished = std::move(*result); });
  pass(Duration{299'999});
  EXPECT_FALSE(finished);
  pass(Duration{1});
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->status, Status::timed_out);
  EXPECT_EQ(finished->error, "States.Timeout");
}

// Nothing is kept of it, and a token of its task must not fit what comes after a crash, when the clock has gone back.
TEST_F(EngineTest, TheIdOfAnExpressExecutionIsNobodysAfterwards) {
  std::set<std::pair<ShardId, std::uint64_t>> ids;
  const Timestamp began = clock_.now();
  for (const auto type : {asl::MachineType::express, asl::MachineType::express, asl::MachineType::standard}) {
    clock_.set(began);
    restart();
    const StartRequest request{.revision = machine(task, type), .name = "e", .input = "{}", .trace_header = {}};
    if (type == asl::MachineType::express)
      engine_->start_sync(request, [](const Result<Finished>&) {});
    else
      engine_->start(request, [](const Result<StartOutcome>&) {});
    scheduler_.run();
    const ExecutionId id = effects_.tasks.back().task.execution;
    EXPECT_TRUE(ids.emplace(id.shard, id.serial).second);
  }
  EXPECT_EQ(effects_.tasks.size(), 3U);
  EXPECT_FALSE(complete(effects_.tasks[0].task, "1"));
  EXPECT_FALSE(complete(effects_.tasks[1].task, "1"));
  EXPECT_TRUE(complete(effects_.tasks[2].task, "1"));
}

class StopTest : public EngineTest {
 protected:
  // Neither is durable before both have been decided.
  void stop_later(ExecutionId id, std::optional<Result<Timestamp>>& into) {
    engine_->shard(id).stop(id, "Enough", "of this", [&into](Result<Timestamp> time) { into = std::move(time); });
  }
};

TEST_F(StopTest, AStopBeforeTheLastAnswerWins) {
  const auto outcome = start(machine(task));
  std::optional<Result<Timestamp>> stopped;
  std::optional<Result<void>> answered;
  stop_later(outcome.id, stopped);
  engine_->shard(outcome.id).complete_task(effects_.tasks[0].task, "1", [&](Result<void> r) {
    answered = std::move(r);
  });
  scheduler_.run();
  ASSERT_TRUE(stopped && *stopped);
  ASSERT_TRUE(answered && !*answered);
  EXPECT_EQ(answered->error().code, "TaskTimedOut");
  EXPECT_EQ(status(outcome.id), Status::aborted);
  EXPECT_EQ(effects_.cancelled.size(), 1U);
  EXPECT_EQ(effects_.ended.size(), 1U);
}

TEST_F(StopTest, AStopAfterTheLastAnswerChangesNothing) {
  const auto outcome = start(machine(task));
  std::optional<Result<Timestamp>> stopped;
  std::optional<Result<void>> answered;
  pass(Duration{500});
  engine_->shard(outcome.id).complete_task(effects_.tasks[0].task, "1", [&](Result<void> r) {
    answered = std::move(r);
  });
  stop_later(outcome.id, stopped);
  pass(Duration{500});
  ASSERT_TRUE(answered && *answered);
  ASSERT_TRUE(stopped && *stopped);
  const auto view = describe(outcome.id);
  EXPECT_EQ(view.record.status, Status::succeeded);
  EXPECT_EQ(**stopped, *view.record.stopped);
  EXPECT_EQ(effects_.ended.size(), 1U);
}

TEST_F(StopTest, AStopAndATimerOfTheSameMomentEndItOnce) {
  const auto outcome = start(machine(R"({"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":10,"End":true}}})"));
  clock_.advance(Duration{10'000});
  std::optional<Result<Timestamp>> stopped;
  stop_later(outcome.id, stopped);
  pass(Duration{1'000});
  EXPECT_EQ(status(outcome.id), Status::aborted);
  EXPECT_EQ(effects_.ended.size(), 1U);
  EXPECT_EQ(history(outcome.id), "1 ExecutionStarted<0\n2 WaitStateEntered<0\n3 ExecutionAborted<0\n");
}

TEST_F(StopTest, StoppingTwiceTellsTheFirstTime) {
  const auto outcome = start(machine(task));
  std::optional<Result<Timestamp>> first;
  std::optional<Result<Timestamp>> second;
  std::optional<Result<Timestamp>> third;
  stop_later(outcome.id, first);
  stop_later(outcome.id, second);
  pass(Duration{5'000});
  restart();
  stop_later(outcome.id, third);
  scheduler_.run();
  ASSERT_TRUE(first && *first && second && *second && third && *third);
  EXPECT_EQ(**first, **second);
  EXPECT_EQ(**first, **third);
  EXPECT_EQ(history(outcome.id),
            "1 ExecutionStarted<0\n2 TaskStateEntered<0\n3 LambdaFunctionScheduled<2\n"
            "4 LambdaFunctionStarted<3\n5 ExecutionAborted<0\n");
}

TEST_F(EngineTest, ANameStandsForOneExecutionAcrossRestarts) {
  const auto revision = machine(task);
  const auto first = start(revision, R"({"a":1})", "name");
  restart();
  const auto same = start(revision, R"({"a":1})", "name");
  EXPECT_EQ(same.kind, StartOutcome::Kind::same);
  EXPECT_EQ(same.id, first.id);
  EXPECT_EQ(same.started, first.started);
  EXPECT_EQ(start(revision, R"({"a":2})", "name").kind, StartOutcome::Kind::taken);
  ASSERT_TRUE(complete(effects_.tasks.back().task, "1"));
  restart();
  EXPECT_EQ(start(revision, R"({"a":1})", "name").kind, StartOutcome::Kind::taken);
  EXPECT_EQ(rows(store::Table::execution), 1U);
}

}  // namespace
}  // namespace stepwell::engine
