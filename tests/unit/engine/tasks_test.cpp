// Tasks: sent after the commit, answered once, timed out, retried, taken by workers; all of it across restarts.

#include "harness.h"

namespace stepwell::engine {
namespace {

constexpr auto one_task = R"({"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
  "Parameters":{"FunctionName":"f","Payload.$":"$"},"TimeoutSeconds":5,
  "Retry":[{"ErrorEquals":["Again"],"IntervalSeconds":2,"MaxAttempts":2,"BackoffRate":3}],
  "Catch":[{"ErrorEquals":["Known"],"ResultPath":"$.error","Next":"C"}],"End":true},"C":{"Type":"Pass","End":true}}})";

TEST_F(EngineTest, ATaskIsSentOnceItIsStored) {
  const auto outcome = start(machine(one_task), R"({"x":1})");
  ASSERT_EQ(effects_.tasks.size(), 1U);
  const RunTask& task = effects_.tasks[0];
  EXPECT_EQ(task.arguments, R"({"FunctionName":"f","Payload":{"x":1}})");
  EXPECT_EQ(task.idempotency_key, outcome.arn + "/3");
  EXPECT_EQ(rows(store::Table::pending_effect), 1U);
  ASSERT_TRUE(complete(task.task, R"({"y":2})"));
  EXPECT_EQ(describe(outcome.id).output, R"({"y":2})");
  EXPECT_EQ(history(outcome.id),
            "1 ExecutionStarted<0\n2 TaskStateEntered<0\n3 TaskScheduled<2\n4 TaskStarted<3\n5 TaskSucceeded<4\n"
            "6 TaskStateExited<5\n7 ExecutionSucceeded<6\n");
  EXPECT_EQ(rows(store::Table::pending_effect) + rows(store::Table::timer) + rows(store::Table::scope), 0U);
}

TEST_F(EngineTest, ASecondAnswerIsRefused) {
  start(machine(one_task));
  ASSERT_TRUE(complete(effects_.tasks[0].task, "1"));
  const auto late = complete(effects_.tasks[0].task, "2");
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, "TaskTimedOut");
}

TEST_F(EngineTest, AnUnknownExecutionHasNoTask) {
  const auto answer = complete({.execution = {.shard = 1, .serial = 99}, .scope = 0, .scheduled = 3}, "1");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, "TaskDoesNotExist");
}

TEST_F(EngineTest, ATaskIsSentAgainAfterARestart) {
  const auto outcome = start(machine(one_task), R"({"x":1})");
  restart();
  ASSERT_EQ(effects_.tasks.size(), 2U);
  EXPECT_TRUE(effects_.tasks[1].again);
  EXPECT_EQ(effects_.tasks[1].idempotency_key, effects_.tasks[0].idempotency_key);
  EXPECT_EQ(effects_.tasks[1].arguments, effects_.tasks[0].arguments);
  ASSERT_TRUE(complete(effects_.tasks[1].task, "1"));
  EXPECT_FALSE(complete(effects_.tasks[0].task, "1"));
  EXPECT_EQ(status(outcome.id), Status::succeeded);
}

TEST_F(EngineTest, ATimeOutIsAnErrorWithoutACause) {
  const auto outcome = start(machine(one_task));
  pass(Duration{4'999});
  EXPECT_EQ(status(outcome.id), Status::running);
  pass(Duration{1});
  EXPECT_EQ(describe(outcome.id).record.error, "States.Timeout");
  EXPECT_EQ(describe(outcome.id).record.cause, std::nullopt);
  ASSERT_EQ(effects_.cancelled.size(), 1U);
}

TEST_F(EngineTest, RetriesFollowTheirDelaysEvenAcrossARestart) {
  const auto outcome = start(machine(one_task));
  ASSERT_TRUE(fail_with(effects_.tasks[0].task, "Again"));
  pass(Duration{1'999});
  EXPECT_EQ(effects_.tasks.size(), 1U);
  pass(Duration{1});
  ASSERT_EQ(effects_.tasks.size(), 2U);
  ASSERT_TRUE(fail_with(effects_.tasks[1].task, "Again"));
  restart();
  pass(Duration{5'999});
  EXPECT_EQ(effects_.tasks.size(), 2U);
  pass(Duration{1});
  ASSERT_EQ(effects_.tasks.size(), 3U);
  ASSERT_TRUE(fail_with(effects_.tasks[2].task, "Again"));
  EXPECT_EQ(describe(outcome.id).record.error, "Again");
  EXPECT_EQ(history(outcome.id),
            "1 ExecutionStarted<0\n2 TaskStateEntered<0\n3 TaskScheduled<2\n4 TaskStarted<3\n5 TaskFailed<4\n6 "
            "TaskScheduled<5\n"
            "7 TaskStarted<6\n8 TaskFailed<7\n9 TaskScheduled<8\n10 TaskStarted<9\n11 TaskFailed<10\n12 "
            "ExecutionFailed<11\n");
}

TEST_F(EngineTest, ACaughtErrorGoesWhereTheCatcherSays) {
  const auto outcome = start(machine(one_task), R"({"foo":"bar"})");
  ASSERT_TRUE(fail_with(effects_.tasks[0].task, "Known", "why"));
  EXPECT_EQ(describe(outcome.id).output, R"({"foo":"bar","error":{"Error":"Known","Cause":"why"}})");
}

constexpr auto activity =
    R"({"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:us-east-1:123456789012:activity:a",
  "TimeoutSeconds":60,"HeartbeatSeconds":10,"End":true}}})";

TEST_F(EngineTest, AnActivityTaskWaitsInTheQueueWithoutATimerOfItsOwn) {
  const auto outcome = start(machine(activity), R"({"job":1})");
  EXPECT_EQ(effects_.activities, std::vector<std::string>{"arn:aws:states:us-east-1:123456789012:activity:a"});
  EXPECT_EQ(rows(store::Table::activity_queue), 1U);
  EXPECT_EQ(rows(store::Table::timer), 1U);  // of the execution, which ends after a year
  pass(Duration{3'600'000});
  EXPECT_EQ(status(outcome.id), Status::running);
}

TEST_F(EngineTest, AWorkerTakesATaskAndItsHeartbeatsKeepIt) {
  const auto outcome = start(machine(activity), R"({"job":1})");
  const auto cursor = store_.scan(store::Table::activity_queue, {}, {}, store::Direction::forward);
  ASSERT_TRUE(cursor->valid());
  const TaskRef task = *read_queue_key(cursor->key());
  std::string input;
  engine_->shard(task.execution).start_activity_task(task, "w", [&](Result<std::string> result) { input = *result; });
  scheduler_.run();
  EXPECT_EQ(input, R"({"job":1})");
  EXPECT_EQ(rows(store::Table::activity_queue), 0U);
  for (int i = 0; i < 3; ++i) {
    pass(Duration{9'000});
    bool alive = false;
    engine_->shard(task.execution).heartbeat(task, [&](Result<void> result) { alive = result.has_value(); });
    scheduler_.run();
    EXPECT_TRUE(alive);
  }
  EXPECT_EQ(status(outcome.id), Status::running);
  restart();
  pass(Duration{10'000});
  EXPECT_EQ(describe(outcome.id).record.error, "States.Timeout");
}

TEST_F(EngineTest, AMissedHeartbeatIsCaughtByItsNameAndShownAsATimeout) {
  const auto outcome = start(machine(R"({"StartAt":"T","States":{"T":{"Type":"Task","Resource":
      "arn:aws:states:us-east-1:123456789012:activity:a","HeartbeatSeconds":10,"TimeoutSeconds":60,"End":true,
      "Catch":[{"ErrorEquals":["States.HeartbeatTimeout"],"Next":"C"}]},"C":{"Type":"Pass","End":true}}})"));
  const auto cursor = store_.scan(store::Table::activity_queue, {}, {}, store::Direction::forward);
  ASSERT_TRUE(cursor->valid());
  const TaskRef task = *read_queue_key(cursor->key());
  engine_->shard(task.execution).start_activity_task(task, "w", [](const Result<std::string>&) {});
  pass(Duration{10'000});
  EXPECT_EQ(describe(outcome.id).output, R"({"Error":"States.Timeout","Cause":""})");
}

TEST_F(EngineTest, AMissingActivityFailsTheExecution) {
  const auto outcome = start(machine(R"({"StartAt":"T","States":{"T":{"Type":"Task","Resource":
      "arn:aws:states:us-east-1:123456789012:activity:missing","End":true}}})"));
  EXPECT_EQ(describe(outcome.id).record.error, "States.Runtime");
}

TEST_F(EngineTest, AStoppedExecutionForgetsItsTasks) {
  const auto outcome = start(machine(one_task));
  std::optional<Timestamp> stopped;
  engine_->shard(outcome.id).stop(outcome.id, "E", std::nullopt, [&](Result<Timestamp> time) { stopped = *time; });
  scheduler_.run();
  EXPECT_EQ(stopped, clock_.now());
  EXPECT_EQ(status(outcome.id), Status::aborted);
  EXPECT_EQ(effects_.cancelled.size(), 1U);
  EXPECT_EQ(rows(store::Table::pending_effect) + rows(store::Table::timer) + rows(store::Table::scope), 0U);
  EXPECT_FALSE(complete(effects_.tasks[0].task, "1"));
}

TEST_F(EngineTest, AnExecutionTimesOutAtItsDeadline) {
  const auto outcome =
      start(machine(R"({"TimeoutSeconds":7,"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":100,"End":true}}})"));
  restart();
  pass(Duration{6'999});
  EXPECT_EQ(status(outcome.id), Status::running);
  pass(Duration{1});
  EXPECT_EQ(status(outcome.id), Status::timed_out);
  EXPECT_EQ(describe(outcome.id).record.stopped, outcome.started + Duration{7'000});
}

TEST_F(EngineTest, ADeadlineThatPassesUnnoticedIsStillTheEnd) {
  const auto outcome =
      start(machine(R"({"TimeoutSeconds":7,"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":100,"End":true}}})"));
  clock_.advance(Duration{60'000});
  restart();
  pass(Duration{1});
  EXPECT_EQ(describe(outcome.id).record.stopped, outcome.started + Duration{7'000});
}

TEST_F(EngineTest, AMissedHeartbeatIsCaughtByItsName) {
  const auto outcome = start(machine(R"({"StartAt":"T","States":{"T":{"Type":"Task",
      "Resource":"arn:aws:lambda:us-east-1:123456789012:function:a","TimeoutSeconds":60,"HeartbeatSeconds":2,
      "Catch":[{"ErrorEquals":["States.HeartbeatTimeout"],"Next":"C"}],"End":true},"C":{"Type":"Pass","End":true}}})"));
  restart();
  pass(Duration{2'000});
  EXPECT_EQ(describe(outcome.id).output, R"({"Error":"States.Timeout","Cause":""})");
  // AWS's shape of LambdaFunctionScheduled has no heartbeatInSeconds.
  json::Arena arena;
  const auto page = Queries(store_).history(outcome.id, std::nullopt, Order::oldest_first, 100, arena);
  for (const Event& event : page->events) EXPECT_EQ(event.find(FieldTag::heartbeat_seconds), nullptr) << event.id;
}

}  // namespace
}  // namespace stepwell::engine
