// states:startExecution: parameters, results and errors as AWS has them, and what becomes of the two executions.

#include "service_fixture.h"

namespace stepwell::states {
namespace {

constexpr auto short_child = R"({"StartAt":"P","States":{"P":{"Type":"Pass","Result":{"a":1},"End":true}}})";
constexpr auto long_child = R"({"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":50,"End":true}}})";
constexpr auto failing_child = R"({"StartAt":"F","States":{"F":{"Type":"Fail","Error":"E","Cause":"C"}}})";

class StartExecutionTest : public ServiceTest {
 protected:
  static std::string parent(const std::string& pattern, const std::string& parameters = {},
                            const std::string& fields = {}) {
    return fmt::format(
        R"({{"StartAt":"T","States":{{"T":{{"Type":"Task","Resource":"arn:aws:states:::states:startExecution{}",)"
        R"("Parameters":{{"StateMachineArn":"{}"{}}}{},"End":true}}}}}})",
        pattern, machine_arn("child"), parameters, fields);
  }
  void run(const std::string& parent_definition, const std::string& child_definition, const std::string& input = "{}") {
    create_machine("child", child_definition);
    create_machine("parent", parent_definition);
    start_execution("parent", "p", input);
  }
  std::string output() { return member(describe("parent", "p"), "output"); }
};

TEST_F(StartExecutionTest, AnswersAtOnce) {
  run(parent("", R"(,"Name":"c","Input":{"x":1},"TraceHeader":"trace")"), long_child);
  EXPECT_EQ(member(output(), "ExecutionArn"), execution_arn("child", "c"));
  EXPECT_EQ(member(output(), "StartDate"), "1700000000000");
  EXPECT_EQ(member(output(), "SdkHttpMetadata.HttpHeaders.Content-Length"), "101");
  EXPECT_EQ(member(output(), "SdkHttpMetadata.HttpHeaders.Date"), "Tue, 14 Nov 2023 22:13:20 GMT");
  EXPECT_EQ(member(output(), "SdkHttpMetadata.HttpStatusCode"), "200");
  EXPECT_EQ(member(output(), "SdkResponseMetadata.RequestId").size(), 36U);
  EXPECT_EQ(member(describe("child", "c"), "input"), R"({"x":1})");
  EXPECT_EQ(member(describe("child", "c"), "traceHeader"), "trace");
  EXPECT_EQ(status("child", "c"), "RUNNING");
  EXPECT_EQ(history("parent", "p"),
            "ExecutionStarted<0\nTaskStateEntered<0\nTaskScheduled<2\nTaskStarted<3\nTaskSucceeded<4\n"
            "TaskStateExited<5\nExecutionSucceeded<6\n");
}

TEST_F(StartExecutionTest, ATextIsTheInputItself) {
  run(parent("", R"(,"Name":"c","Input":"[1, 2]")"), short_child);
  EXPECT_EQ(member(describe("child", "c"), "input"), "[1, 2]");
}

TEST_F(StartExecutionTest, NoInputAndNullAreTheEmptyObject) {
  run(parent("", R"(,"Name":"c","Input.$":"$.none")"), short_child, R"({"none":null})");
  EXPECT_EQ(member(describe("child", "c"), "input"), "{}");
}

TEST_F(StartExecutionTest, SyncAnswersWithTheDescription) {
  run(parent(".sync", R"(,"Name":"c","Input":{"x":1})"), short_child);
  EXPECT_EQ(output(), fmt::format(R"({{"ExecutionArn":"{}","Input":"{{\"x\":1}}","InputDetails":{{"Included":true}},)"
                                  R"("Name":"c","Output":"{{\"a\":1}}","OutputDetails":{{"Included":true}},)"
                                  R"("RedriveCount":0,"RedriveStatus":"NOT_REDRIVABLE",)"
                                  R"("RedriveStatusReason":"Execution is SUCCEEDED and cannot be redriven",)"
                                  R"("StartDate":1700000000000,"StateMachineArn":"{}","Status":"SUCCEEDED",)"
                                  R"("StopDate":1700000000000}})",
                                  execution_arn("child", "c"), machine_arn("child")));
  EXPECT_EQ(history("parent", "p"),
            "ExecutionStarted<0\nTaskStateEntered<0\nTaskScheduled<2\nTaskStarted<3\nTaskSubmitted<4\n"
            "TaskSucceeded<5\nTaskStateExited<6\nExecutionSucceeded<7\n");
  const std::string submitted = details("parent", "p", "TaskSubmitted");
  EXPECT_EQ(member(submitted, "resource"), "startExecution.sync");
  EXPECT_EQ(member(member(submitted, "output"), "ExecutionArn"), execution_arn("child", "c"));
  EXPECT_EQ(rows(store::Table::nested_execution), 0U);
}

TEST_F(StartExecutionTest, Sync2AnswersWithJson) {
  run(parent(".sync:2", R"(,"Input":{"x":1})"), short_child);
  EXPECT_EQ(member(output(), "Input"), R"({"x":1})");
  EXPECT_EQ(member(output(), "Output.a"), "1");
}

TEST_F(StartExecutionTest, SyncWaitsForTheEnd) {
  run(parent(".sync:2"), long_child);
  EXPECT_EQ(status("parent", "p"), "RUNNING");
  pass(std::chrono::seconds(50));
  EXPECT_EQ(status("parent", "p"), "SUCCEEDED");
}

TEST_F(StartExecutionTest, AFailedExecutionFailsTheTaskWithItsDescription) {
  run(parent(".sync:2", R"(,"Name":"c")"), failing_child);
  const std::string failed = details("parent", "p", "TaskFailed");
  EXPECT_EQ(member(failed, "error"), "States.TaskFailed");
  const std::string cause = member(failed, "cause");
  EXPECT_TRUE(cause.starts_with(R"({"Cause":"C","Error":"E","ExecutionArn":")")) << cause;
  EXPECT_EQ(member(cause, "Status"), "FAILED");
  EXPECT_EQ(member(cause, "Input"), "{}");
  EXPECT_EQ(status("parent", "p"), "FAILED");
  EXPECT_EQ(rows(store::Table::nested_execution), 0U);
}

TEST_F(StartExecutionTest, AStoppedOneDoesToo) {
  run(parent(".sync", R"(,"Name":"c")"), long_child);
  call("StopExecution", fmt::format(R"({{"executionArn":"{}"}})", execution_arn("child", "c")));
  EXPECT_EQ(member(member(details("parent", "p", "TaskFailed"), "cause"), "Status"), "ABORTED");
}

TEST_F(StartExecutionTest, StoppingTheParentStopsTheChild) {
  run(parent(".sync", R"(,"Name":"c")"), long_child);
  call("StopExecution", fmt::format(R"({{"executionArn":"{}"}})", execution_arn("parent", "p")));
  EXPECT_EQ(status("child", "c"), "ABORTED");
  EXPECT_EQ(details("child", "c", "ExecutionAborted"),
            fmt::format(R"({{"cause":"The Task state in AWS Step Functions execution [{}] which was managing this )"
                        R"(resource was aborted"}})",
                        execution_arn("parent", "p")));
  EXPECT_EQ(rows(store::Table::nested_execution), 0U);
}

TEST_F(StartExecutionTest, ATimeOutStopsTheChild) {
  run(parent(".sync", R"(,"Name":"c")", R"(,"TimeoutSeconds":9)"), long_child);
  pass(std::chrono::seconds(9));
  EXPECT_EQ(status("child", "c"), "ABORTED");
  EXPECT_EQ(member(describe("parent", "p"), "error"), "States.Timeout");
  EXPECT_EQ(member(describe("parent", "p"), "cause"), "none");
  EXPECT_EQ(rows(store::Table::nested_execution), 0U);
}

TEST_F(StartExecutionTest, ATokenAnswersASyncTaskTooAndTheChildGoesOn) {
  run(parent(".sync", R"(,"Name":"c","Input":{"Token.$":"$$.Task.Token"})"), long_child);
  const std::string token = member(member(describe("child", "c"), "input"), "Token");
  EXPECT_EQ(call("SendTaskSuccess", fmt::format(R"({{"taskToken":"{}","output":"\"by token\""}})", token)), "{}");
  EXPECT_EQ(output(), R"("by token")");
  EXPECT_EQ(status("child", "c"), "RUNNING");
  restart();
  pass(std::chrono::seconds(50));
  EXPECT_EQ(status("child", "c"), "SUCCEEDED");
  EXPECT_EQ(rows(store::Table::nested_execution), 0U);
}

TEST_F(StartExecutionTest, WaitForTaskTokenWaitsForTheToken) {
  run(parent(".waitForTaskToken", R"(,"Name":"c","Input":{"Token.$":"$$.Task.Token"})"), short_child);
  EXPECT_EQ(status("child", "c"), "SUCCEEDED");
  EXPECT_EQ(status("parent", "p"), "RUNNING");
  EXPECT_EQ(member(details("parent", "p", "TaskSubmitted"), "resource"), "startExecution.waitForTaskToken");
  const std::string token = member(member(describe("child", "c"), "input"), "Token");
  call("SendTaskSuccess", fmt::format(R"({{"taskToken":"{}","output":"1"}})", token));
  EXPECT_EQ(output(), "1");
}

TEST_F(StartExecutionTest, NoMachineOfThatName) {
  create_machine("parent", parent(".sync"));
  start_execution("parent", "p");
  EXPECT_EQ(member(describe("parent", "p"), "error"), "StepFunctions.StateMachineDoesNotExistException");
  const std::string cause = member(describe("parent", "p"), "cause");
  EXPECT_TRUE(
      cause.starts_with(fmt::format("State Machine Does Not Exist: '{}' (Service: AWSStepFunctions; Status Code: "
                                    "400; Error Code: StateMachineDoesNotExist; Request ID: ",
                                    machine_arn("child"))))
      << cause;
  EXPECT_TRUE(cause.ends_with("; Proxy: null)"));
  EXPECT_EQ(rows(store::Table::nested_execution), 0U);
}

TEST_F(StartExecutionTest, ANameThatIsTaken) {
  create_machine("child", short_child);
  start_execution("child", "c");
  create_machine("parent", parent("", R"(,"Name":"c")"));
  start_execution("parent", "p");
  EXPECT_EQ(member(describe("parent", "p"), "error"), "StepFunctions.ExecutionAlreadyExistsException");
}

TEST_F(StartExecutionTest, ARunningExecutionOfThatNameAndInputIsShared) {
  create_machine("child", long_child);
  start_execution("child", "c");
  create_machine("parent", parent(".sync:2", R"(,"Name":"c")"));
  start_execution("parent", "p");
  start_execution("parent", "q");
  restart();
  pass(std::chrono::seconds(50));
  EXPECT_EQ(status("parent", "p"), "SUCCEEDED");
  EXPECT_EQ(status("parent", "q"), "SUCCEEDED");
  EXPECT_EQ(executions("child").size(), 1U);
  EXPECT_EQ(rows(store::Table::nested_execution), 0U);
}

TEST_F(StartExecutionTest, FieldsThatTheOperationDoesNotKnow) {
  run(parent("", R"(,"Nmae":"c")"), short_child);
  EXPECT_EQ(member(describe("parent", "p"), "error"), "States.Runtime");
  EXPECT_EQ(
      member(describe("parent", "p"), "cause"),
      fmt::format(R"(The Parameters '{{"StateMachineArn":"{}","Nmae":"c"}}' could not be used to start the Task: )"
                  R"([The field "Nmae" is not supported by Step Functions])",
                  machine_arn("child")));
}

TEST_F(StartExecutionTest, AnInvalidNameAndAnInvalidInput) {
  run(parent("", R"(,"Name":"a b")"), short_child);
  EXPECT_EQ(member(describe("parent", "p"), "error"), "StepFunctions.InvalidNameException");
  create_machine("parent2", parent("", R"(,"Input":"no json")"));
  start_execution("parent2", "p");
  EXPECT_EQ(member(describe("parent2", "p"), "error"), "StepFunctions.InvalidExecutionInputException");
}

TEST_F(StartExecutionTest, ExpressExecutionsAreStartedAndNotWaitedFor) {
  create_machine("child", short_child, "EXPRESS");
  create_machine("parent", parent(""));
  start_execution("parent", "p");
  EXPECT_TRUE(member(output(), "ExecutionArn").starts_with("arn:aws:states:us-east-1:123456789012:express:child:"));
  create_machine("waiting", parent(".sync"));
  start_execution("waiting", "p");
  EXPECT_EQ(member(describe("waiting", "p"), "error"), "StepFunctions.StateMachineTypeNotSupportedException");
}

TEST_F(StartExecutionTest, EveryAttemptStartsAnExecutionOfItsOwn) {
  run(parent(".sync", "", R"(,"Retry":[{"ErrorEquals":["States.ALL"],"IntervalSeconds":1,"MaxAttempts":2}])"),
      failing_child);
  pass(std::chrono::seconds(10));
  EXPECT_EQ(status("parent", "p"), "FAILED");
  EXPECT_EQ(executions("child").size(), 3U);
}

TEST_F(StartExecutionTest, ABranchThatIsGivenUpStopsItsChild) {
  create_machine("child", long_child);
  create_machine("parent", fmt::format(R"({{"StartAt":"P","States":{{"P":{{"Type":"Parallel","Branches":[
      {{"StartAt":"T","States":{{"T":{{"Type":"Task","Resource":"arn:aws:states:::states:startExecution.sync",
        "Parameters":{{"StateMachineArn":"{}","Name":"c"}},"End":true}}}}}},
      {{"StartAt":"W","States":{{"W":{{"Type":"Wait","Seconds":5,"Next":"F"}},"F":{{"Type":"Fail"}}}}}}],"End":true}}}}}})",
                                       machine_arn("child")));
  start_execution("parent", "p");
  EXPECT_EQ(status("child", "c"), "RUNNING");
  pass(std::chrono::seconds(5));
  EXPECT_EQ(status("child", "c"), "ABORTED");
  EXPECT_EQ(rows(store::Table::nested_execution), 0U);
}

TEST_F(StartExecutionTest, StoppingReachesTheChildrenOfChildren) {
  create_machine("leaf", long_child);
  const auto definition = [](const std::string& of, const std::string& name) {
    return fmt::format(R"({{"StartAt":"T","States":{{"T":{{"Type":"Task",)"
                       R"("Resource":"arn:aws:states:::states:startExecution.sync","Parameters":)"
                       R"({{"StateMachineArn":"{}","Name":"{}"}},"End":true}}}}}})",
                       machine_arn(of), name);
  };
  create_machine("child", definition("leaf", "l"));
  create_machine("parent", definition("child", "c"));
  start_execution("parent", "p");
  EXPECT_EQ(status("leaf", "l"), "RUNNING");
  call("StopExecution", fmt::format(R"({{"executionArn":"{}"}})", execution_arn("parent", "p")));
  EXPECT_EQ(status("child", "c"), "ABORTED");
  EXPECT_EQ(status("leaf", "l"), "ABORTED");
  EXPECT_EQ(rows(store::Table::nested_execution), 0U);
}

}  // namespace
}  // namespace stepwell::states
