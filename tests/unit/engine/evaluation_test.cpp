// Expressions that fail: what history tells, and what they leave to Retry and Catch.

#include "harness.h"

namespace stepwell::engine {
namespace {

class EvaluationTest : public EngineTest {
 protected:
  // The state S of a machine of JSONata, beside the Pass states A, which comes first, and T.
  std::shared_ptr<const Revision> machine_of(const std::string& state) {
    return machine(fmt::format(R"({{"QueryLanguage":"JSONata","StartAt":"A","States":{{"A":{{"Type":"Pass","Next":"S"}},
        "S":{},"T":{{"Type":"Pass","End":true}}}}}})",
                               state));
  }
  // The history from the entering of S on.
  std::string history_of(const std::string& state) {
    const auto outcome = start(machine_of(state), "{}", fmt::format("e{}", ++started_));
    pass(std::chrono::seconds(10));
    cause_ = describe(outcome.id).record.cause.value_or("");
    output_ = describe(outcome.id).output.value_or("");
    const std::string all = history(outcome.id);
    return all.substr(all.find("4 "));
  }

  int started_ = 0;
  std::string cause_;
  std::string output_;
};

constexpr std::string_view kIterated = R"("ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Pass","End":true}}})";

// A state that fails on the way in fails as if it had not been entered: the event points at what came before.
TEST_F(EvaluationTest, OnTheWayIn) {
  EXPECT_EQ(history_of(R"({"Type":"Pass","Output":"{% $no %}","End":true})"),
            "4 PassStateEntered<3\n5 EvaluationFailed<3\n6 ExecutionFailed<5\n");
  EXPECT_EQ(
      cause_,
      "An error occurred while executing the state 'S' (entered at the event id #4). The JSONata expression '$no' "
      "specified for the field 'Output' returned nothing (undefined).");
  EXPECT_EQ(history_of(R"({"Type":"Wait","Seconds":"{% $no %}","End":true})"),
            "4 WaitStateEntered<3\n5 EvaluationFailed<3\n6 ExecutionFailed<5\n");
  EXPECT_EQ(history_of(R"({"Type":"Choice","Choices":[{"Condition":"{% $no %}","Next":"T"}]})"),
            "4 ChoiceStateEntered<3\n5 EvaluationFailed<3\n6 ExecutionFailed<5\n");
  EXPECT_EQ(history_of(R"({"Type":"Fail","Error":"{% $no %}"})"),
            "4 FailStateEntered<3\n5 EvaluationFailed<3\n6 ExecutionFailed<5\n");
  EXPECT_EQ(history_of(fmt::format(R"({{"Type":"Map",{},"End":true}})", kIterated)),
            "4 MapStateEntered<3\n5 EvaluationFailed<3\n6 MapStateFailed<5\n7 ExecutionFailed<6\n");
}

TEST_F(EvaluationTest, AtWork) {
  EXPECT_EQ(history_of(R"({"Type":"Wait","Timestamp":"{% 'soon' %}","End":true})"),
            "4 WaitStateEntered<3\n5 EvaluationFailed<4\n6 ExecutionFailed<5\n");
  EXPECT_EQ(history_of(R"({"Type":"Wait","Seconds":1,"Output":"{% $no %}","End":true})"),
            "4 WaitStateEntered<3\n5 EvaluationFailed<4\n6 ExecutionFailed<5\n");
  EXPECT_EQ(history_of(R"({"Type":"Wait","Seconds":0,"Output":"{% $no %}","End":true})"),
            "4 WaitStateEntered<3\n5 EvaluationFailed<4\n6 ExecutionFailed<5\n");
  EXPECT_EQ(
      history_of(fmt::format(R"({{"Type":"Map","Items":[1],"ItemSelector":"{{% $no %}}",{},"End":true}})", kIterated)),
      "4 MapStateEntered<3\n5 MapStateStarted<4\n6 EvaluationFailed<5\n7 MapStateFailed<6\n8 ExecutionFailed<7\n");
}

// A Map or a Parallel that is given up says so, after a further attempt too.
TEST_F(EvaluationTest, OfAForkThatWasTriedAgain) {
  EXPECT_EQ(history_of(fmt::format(R"({{"Type":"Map",{},"Retry":[{{"ErrorEquals":["States.ALL"],"MaxAttempts":1}}],
      "Catch":[{{"ErrorEquals":["States.ALL"],"Next":"T"}}],"End":true}})",
                                   kIterated)),
            "4 MapStateEntered<3\n5 EvaluationFailed<3\n6 EvaluationFailed<5\n7 MapStateFailed<6\n8 MapStateExited<7\n"
            "9 PassStateEntered<8\n10 PassStateExited<9\n11 ExecutionSucceeded<10\n");
  EXPECT_EQ(
      history_of(fmt::format(R"({{"Type":"Map","Items":[],{},"Output":"{{% $no %}}","End":true}})", kIterated)),
      "4 MapStateEntered<3\n5 MapStateStarted<4\n6 MapStateSucceeded<5\n7 EvaluationFailed<5\n8 ExecutionFailed<7\n");
}

TEST_F(EvaluationTest, IsTriedAgainAndCaught) {
  const std::string task = R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f",
      "Arguments":"{% $no %}","Retry":[{"ErrorEquals":["States.QueryEvaluationError"],"MaxAttempts":1}],
      "Catch":[{"ErrorEquals":["States.ALL"],"Output":"{% $states.errorOutput.Error %}","Next":"T"}],"End":true})";
  const std::string events = history_of(task);
  EXPECT_TRUE(
      events.starts_with("4 TaskStateEntered<3\n5 EvaluationFailed<3\n6 EvaluationFailed<5\n7 TaskStateExited<6\n"))
      << events;
  EXPECT_EQ(output_, R"("States.QueryEvaluationError")");
  EXPECT_TRUE(effects_.tasks.empty());
}

// A failure is told where it happens, not again by the states around it.
TEST_F(EvaluationTest, IsToldOnce) {
  EXPECT_EQ(history_of(R"({"Type":"Parallel","End":true,"Branches":[{"StartAt":"I","States":{
      "I":{"Type":"Pass","Output":"{% $no %}","End":true}}}]})"),
            "4 ParallelStateEntered<3\n5 ParallelStateStarted<4\n6 PassStateEntered<5\n7 EvaluationFailed<5\n"
            "8 ParallelStateFailed<7\n9 ExecutionFailed<8\n");
  EXPECT_TRUE(cause_.starts_with("An error occurred while executing the state 'I' (entered at the event id #6). The "))
      << cause_;
}

TEST_F(EvaluationTest, OfACatcherReplacesWhatItCaught) {
  const std::string events = history_of(R"({"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f",
      "Arguments":"{% $no %}","Catch":[{"ErrorEquals":["States.ALL"],"Output":"{% $none %}","Next":"T"}],"End":true})");
  EXPECT_EQ(events, "4 TaskStateEntered<3\n5 EvaluationFailed<3\n6 EvaluationFailed<5\n7 ExecutionFailed<6\n");
  EXPECT_TRUE(
      cause_.ends_with("The JSONata expression '$none' specified for the field 'Catch[0]/Output' returned nothing "
                       "(undefined)."))
      << cause_;
}

TEST_F(EvaluationTest, ItemsMadeByChanceAreTheSameAfterARestart) {
  const auto outcome = start(machine_of(R"({"Type":"Map","Items":["{% $uuid() %}","{% $uuid() %}"],"MaxConcurrency":1,
      "ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Task","End":true,
        "Resource":"arn:aws:lambda:us-east-1:123456789012:function:f",
        "Output":"{% $states.context.Map.Item.Value = $states.input %}"}}},"End":true})"));
  const RunTask first = effects_.tasks.back();
  restart();
  ASSERT_TRUE(complete(first.task, "1"));
  const RunTask second = effects_.tasks.back();
  EXPECT_NE(first.arguments, second.arguments);
  restart();
  ASSERT_TRUE(complete(second.task, "2"));
  EXPECT_EQ(describe(outcome.id).output, "[true,true]");
}

}  // namespace
}  // namespace stepwell::engine
