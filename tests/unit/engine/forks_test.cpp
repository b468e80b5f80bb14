// Branches and iterations: the chain of events, failures among siblings, concurrency, restarts in between.

#include "harness.h"

namespace stepwell::engine {
namespace {

constexpr auto parallel_tasks = R"({"StartAt":"P","States":{"P":{"Type":"Parallel","Branches":[
  {"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:a","End":true}}},
  {"StartAt":"B","States":{"B":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:b","End":true}}}],
  "Catch":[{"ErrorEquals":["Known"],"Next":"C"}],"End":true},"C":{"Type":"Pass","End":true}}})";

TEST_F(EngineTest, BranchesJoinInTheirOrderWhoeverIsFirst) {
  const auto outcome = start(machine(parallel_tasks));
  ASSERT_EQ(effects_.tasks.size(), 2U);
  ASSERT_TRUE(complete(effects_.tasks[1].task, "2"));
  restart();
  ASSERT_TRUE(complete(effects_.tasks[0].task, "1"));
  EXPECT_EQ(describe(outcome.id).output, "[1,2]");
  EXPECT_EQ(
      history(outcome.id),
      "1 ExecutionStarted<0\n2 ParallelStateEntered<0\n3 ParallelStateStarted<2\n4 TaskStateEntered<3\n"
      "5 LambdaFunctionScheduled<4\n6 LambdaFunctionStarted<5\n7 TaskStateEntered<3\n8 LambdaFunctionScheduled<7\n"
      "9 LambdaFunctionStarted<8\n10 LambdaFunctionSucceeded<9\n11 TaskStateExited<10\n12 LambdaFunctionSucceeded<6\n"
      "13 TaskStateExited<12\n14 ParallelStateSucceeded<13\n15 ParallelStateExited<13\n16 ExecutionSucceeded<15\n");
  EXPECT_EQ(rows(store::Table::child_output) + rows(store::Table::scope), 0U);
}

TEST_F(EngineTest, AFailingBranchAbortsItsSiblings) {
  const auto outcome = start(machine(parallel_tasks));
  ASSERT_TRUE(fail_with(effects_.tasks[0].task, "Known", "why"));
  EXPECT_EQ(describe(outcome.id).output, R"({"Error":"Known","Cause":"why"})");
  const std::string events = history(outcome.id);
  EXPECT_NE(events.find(
                "10 LambdaFunctionFailed<6\n11 TaskStateAborted<10\n12 TaskStateAborted<10\n13 ParallelStateFailed<10\n"
                "14 ParallelStateExited<13\n"),
            std::string::npos)
      << events;
  EXPECT_EQ(effects_.cancelled.size(), 1U);
  EXPECT_FALSE(complete(effects_.tasks[1].task, "2"));
}

TEST_F(EngineTest, IterationsRunInWavesOfTheirConcurrency) {
  const auto outcome =
      start(machine(R"({"StartAt":"M","States":{"M":{"Type":"Map","MaxConcurrency":2,"ItemProcessor":{"StartAt":"T",
      "States":{"T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:a","End":true}}},"End":true}}})"),
            "[1,2,3]");
  ASSERT_EQ(effects_.tasks.size(), 2U);
  ASSERT_TRUE(complete(effects_.tasks[0].task, "10"));
  ASSERT_EQ(effects_.tasks.size(), 3U);
  EXPECT_EQ(effects_.tasks[2].arguments, "3");
  restart();
  ASSERT_TRUE(complete(effects_.tasks[2].task, "30"));
  ASSERT_TRUE(complete(effects_.tasks[1].task, "20"));
  EXPECT_EQ(describe(outcome.id).output, "[10,20,30]");
}

TEST_F(EngineTest, AMapFailsBeyondEitherThreshold) {
  const auto status_with = [this](const std::string& thresholds) {
    const auto revision =
        machine(fmt::format(R"({{"StartAt":"M","States":{{"M":{{"Type":"Map",{}"ItemProcessor":{{"StartAt":"C",
      "States":{{"C":{{"Type":"Choice","Choices":[{{"Variable":"$","NumericLessThan":3,"Next":"F"}}],"Default":"S"}},
      "F":{{"Type":"Fail"}},"S":{{"Type":"Succeed"}}}}}},"End":true}}}}}})",
                            thresholds));
    return status(start(revision, "[1,2,3,4]", fmt::format("e{}", world_.revisions.size())).id);
  };
  EXPECT_EQ(status_with(""), Status::failed);
  EXPECT_EQ(status_with(R"("ToleratedFailureCount":1,)"), Status::failed);
  EXPECT_EQ(status_with(R"("ToleratedFailureCount":2,)"), Status::succeeded);
  EXPECT_EQ(status_with(R"("ToleratedFailurePercentage":49,)"), Status::failed);
  EXPECT_EQ(status_with(R"("ToleratedFailurePercentage":50,)"), Status::succeeded);
  EXPECT_EQ(status_with(R"("ToleratedFailureCount":2,"ToleratedFailurePercentage":49,)"), Status::failed);
  EXPECT_EQ(status_with(R"("ToleratedFailureCount":1,"ToleratedFailurePercentage":50,)"), Status::failed);
  EXPECT_EQ(status_with(R"("ToleratedFailureCount":2,"ToleratedFailurePercentage":50,)"), Status::succeeded);
}

// The join of a fork and the start of the next one are one commit: of the first nothing may be left.
TEST_F(EngineTest, AForkRightBehindAnotherIsTakenUpAgain) {
  const auto revision = machine(R"({"StartAt":"M","States":{"M":{"Type":"Map","ItemProcessor":{"StartAt":"T","States":{
      "T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:a","End":true}}},"ResultPath":null,
      "Next":"N"},"N":{"Type":"Map","ItemsPath":"$[0]","ToleratedFailureCount":1,"ItemProcessor":{"StartAt":"U","States":{
      "U":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:b","End":true}}},"End":true}}})");
  const auto outcome = start(revision, "[[7,8],2,3]");
  ASSERT_EQ(effects_.tasks.size(), 3U);
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(complete(effects_.tasks[static_cast<std::size_t>(i)].task, "1"));
  EXPECT_EQ(rows(store::Table::child_output), 0U);
  ASSERT_EQ(effects_.tasks.size(), 5U);
  const TaskRef first = effects_.tasks[3].task;
  const TaskRef second = effects_.tasks[4].task;
  restart();
  ASSERT_TRUE(fail_with(first, "E"));
  restart();
  ASSERT_TRUE(complete(second, "9"));
  EXPECT_EQ(describe(outcome.id).output, "[null,9]");
}

TEST_F(EngineTest, AnEmptyMapIsAnEmptyList) {
  const auto outcome = start(machine(R"({"StartAt":"M","States":{"M":{"Type":"Map","ItemProcessor":{"StartAt":"T",
      "States":{"T":{"Type":"Pass","End":true}}},"End":true}}})"),
                             "[]");
  EXPECT_EQ(describe(outcome.id).output, "[]");
}

TEST_F(EngineTest, AThousandIterationsInOneCommit) {
  std::string items = "[0";
  for (int i = 1; i < 1000; ++i) items += "," + std::to_string(i);
  items += "]";
  const auto outcome = start(machine(R"({"StartAt":"M","States":{"M":{"Type":"Map","ItemProcessor":{"StartAt":"T",
      "States":{"T":{"Type":"Pass","End":true}}},"End":true}}})"),
                             items);
  EXPECT_EQ(describe(outcome.id).output, items);
  EXPECT_EQ(describe(outcome.id).record.next_event, 1U + 3 + 4 * 1000 + 3);
}

}  // namespace
}  // namespace stepwell::engine
