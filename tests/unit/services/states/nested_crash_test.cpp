// Nested executions across crashes: whatever commit the store fails at, the task gets the one answer of the one
// execution that it has started, and what is given up is stopped.

#include "service_fixture.h"

namespace stepwell::states {
namespace {

using Failure = FailingStore::Failure;

constexpr auto chain =
    "ExecutionStarted<0\nTaskStateEntered<0\nTaskScheduled<2\nTaskStarted<3\nTaskSubmitted<4\nTaskSucceeded<5\n"
    "TaskStateExited<6\nExecutionSucceeded<7\n";

struct Case {
  std::string name;
  std::string child;
  std::string fields;  // of the task
  std::string parent_status, child_status;
  std::string history;  // of the parent
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class NestedCrashTest : public ServiceTest, public testing::WithParamInterface<Case> {
 protected:
  void create_machines() {
    create_machine("child", GetParam().child);
    create_machine("parent", fmt::format(R"({{"StartAt":"T","States":{{"T":{{"Type":"Task",)"
                                         R"("Resource":"arn:aws:states:::states:startExecution.sync:2",)"
                                         R"("Parameters":{{"StateMachineArn":"{}"}}{},"End":true}}}}}})",
                                         machine_arn("child"), GetParam().fields));
  }

  void run() {
    start_execution("parent", "p");
    pass(std::chrono::seconds(60));
  }
  void run_until_the_store_fails() {
    start_execution("parent", "p");
    for (int second = 0; second < 60 && !store_->has_failed(); ++second) pass(std::chrono::seconds(1));
  }
  // A client that got no answer asks again.
  void start_if_it_is_not_there() {
    if (status("parent", "p") == "none") start_execution("parent", "p");
  }

  void expect_the_outcome() {
    EXPECT_EQ(status("parent", "p"), GetParam().parent_status);
    const auto children = executions("child");
    ASSERT_EQ(children.size(), 1U);
    EXPECT_EQ(status("child", children[0].substr(children[0].rfind(':') + 1)), GetParam().child_status);
    EXPECT_EQ(history("parent", "p"), GetParam().history);
    EXPECT_EQ(rows(store::Table::nested_execution), 0U);
    EXPECT_EQ(rows(store::Table::pending_effect), 0U);
    EXPECT_EQ(rows(store::Table::timer), 0U);
  }

  std::size_t commits_of_a_run() {
    create_machines();
    store_->fail_at(1'000'000, Failure::lost);
    run();
    expect_the_outcome();
    return store_->commits();
  }
};

TEST_P(NestedCrashTest, EveryCommitMayBeTheLast) {
  const std::size_t commits = commits_of_a_run();
  ASSERT_GE(commits, 4U);
  for (const Failure failure : {Failure::lost, Failure::silent}) {
    for (std::size_t at = 0; at < commits; ++at) {
      SCOPED_TRACE(fmt::format("commit {}, {}", at, failure == Failure::lost ? "lost" : "silent"));
      forget_everything();
      create_machines();
      store_->fail_at(at, failure);
      run_until_the_store_fails();
      EXPECT_TRUE(store_->has_failed());
      restart();
      start_if_it_is_not_there();
      pass(std::chrono::seconds(60));
      expect_the_outcome();
    }
  }
}

// Crashes one after the other: every time, the program gets one commit further.
TEST_P(NestedCrashTest, ProgressIsMadeCommitByCommit) {
  create_machines();
  for (int crashes = 0; crashes < 30; ++crashes) {
    store_->fail_at(1, Failure::lost);
    start_if_it_is_not_there();
    for (int second = 0; second < 60 && !store_->has_failed(); ++second) pass(std::chrono::seconds(1));
    restart();
  }
  pass(std::chrono::seconds(60));
  expect_the_outcome();
}

INSTANTIATE_TEST_SUITE_P(
    Nested, NestedCrashTest,
    testing::Values(
        Case{"short", R"({"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}})", "", "SUCCEEDED", "SUCCEEDED",
             chain},
        Case{"long", R"({"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":5,"End":true}}})", "", "SUCCEEDED",
             "SUCCEEDED", chain},
        Case{"failing", R"({"StartAt":"F","States":{"F":{"Type":"Fail","Error":"E"}}})", "", "FAILED", "FAILED",
             "ExecutionStarted<0\nTaskStateEntered<0\nTaskScheduled<2\nTaskStarted<3\nTaskSubmitted<4\nTaskFailed<5\n"
             "ExecutionFailed<6\n"},
        Case{"timing_out", R"({"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":500,"End":true}}})",
             R"(,"TimeoutSeconds":5)", "FAILED", "ABORTED",
             "ExecutionStarted<0\nTaskStateEntered<0\nTaskScheduled<2\nTaskStarted<3\nTaskSubmitted<4\nTaskTimedOut<5\n"
             "ExecutionFailed<6\n"}),
    [](const auto& info) { return info.param.name; });

class NestedHiccupTest : public NestedCrashTest {};

// The store refuses one commit and goes on. A start that cannot be stored is the task's failure, as any service's would
// be; everything else is made up for.
TEST_P(NestedHiccupTest, OneCommitMayBeRefused) {
  const std::size_t commits = commits_of_a_run();
  for (std::size_t at = 0; at < commits; ++at) {
    SCOPED_TRACE(fmt::format("commit {}", at));
    forget_everything();
    create_machines();
    store_->fail_at(at, Failure::hiccup);
    run_until_the_store_fails();
    start_if_it_is_not_there();
    pass(std::chrono::seconds(60));
    const std::string error = member(describe("parent", "p"), "error");
    if (error == "StepFunctions.AWSStepFunctionsException") {
      EXPECT_TRUE(executions("child").empty());
      EXPECT_EQ(rows(store::Table::nested_execution), 0U);
    } else {
      expect_the_outcome();
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Nested, NestedHiccupTest,
    testing::Values(Case{"long", R"({"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":5,"End":true}}})", "",
                         "SUCCEEDED", "SUCCEEDED", chain},
                    Case{"timing_out", R"({"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":500,"End":true}}})",
                         R"(,"TimeoutSeconds":5)", "FAILED", "ABORTED",
                         "ExecutionStarted<0\nTaskStateEntered<0\nTaskScheduled<2\nTaskStarted<3\nTaskSubmitted<4\n"
                         "TaskTimedOut<5\nExecutionFailed<6\n"}),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace stepwell::states
