// Forks: where they begin, what they run, what they remember.

#include "services/states/fork.h"

#include "service_fixture.h"

namespace stepwell::states {
namespace {

constexpr std::string_view nested = R"({"StartAt":"A","States":{
  "A":{"Type":"Pass","Next":"B"},
  "B":{"Type":"Choice","Choices":[{"Variable":"$.x","IsPresent":true,"Next":"C"}],"Default":"D"},
  "C":{"Type":"Map","ItemProcessor":{"StartAt":"Inner","States":{"Inner":{"Type":"Pass","End":true}}},
       "Catch":[{"ErrorEquals":["States.ALL"],"Next":"E"}],"Next":"D"},
  "D":{"Type":"Succeed"},"E":{"Type":"Fail"}}})";

std::string fork_of(std::string_view definition, std::string_view state, std::string_view variables = "{}") {
  json::Arena arena;
  const auto forked = forked_definition(definition, state, *json::parse(arena, variables), "where from");
  return forked ? *forked : forked.error().code;
}

std::vector<std::string> states_of(const std::string& definition) {
  json::Arena arena;
  const auto machine = json::parse(arena, definition);
  std::vector<std::string> names;
  for (const json::Member& member : machine->find("States")->members()) names.emplace_back(member.key);
  return names;
}

using Names = std::vector<std::string>;

TEST(ForkedDefinition, BeginsAtTheStateAndKeepsWhatCanBeReached) {
  EXPECT_EQ(states_of(fork_of(nested, "B")), (Names{"B", "C", "D", "E"}));
  EXPECT_EQ(states_of(fork_of(nested, "D")), (Names{"D"}));
  EXPECT_TRUE(fork_of(nested, "D")
                  .starts_with(R"({"Comment":"where from","QueryLanguage":"JSONPath","StartAt":"D","States":{)"));
}

TEST(ForkedDefinition, OfAnIterationIsTheIterationAlone) {
  EXPECT_EQ(states_of(fork_of(nested, "Inner")), (Names{"Inner"}));
}

TEST(ForkedDefinition, AssignsVariablesInFront) {
  const std::string forked = fork_of(nested, "D", R"({"a":1,"b":["{% not an expression %}"]})");
  EXPECT_EQ(states_of(forked), (Names{"D", "Variables"}));
  EXPECT_TRUE(forked.contains(R"("Assign":{"a":1,"b":["{% \"{% not an expression %}\" %}"]},"Next":"D")")) << forked;
}

TEST(ForkedDefinition, HasNoStateThatTheOtherHasNot) { EXPECT_EQ(fork_of(nested, "Z"), "ValidationException"); }

class ForkTest : public ServiceTest {
 protected:
  std::string fork(engine::EventId event, std::string input, std::string variables = "{}") {
    auto& service = dynamic_cast<Service&>(*directory_->find("states"));
    std::optional<Result<std::string>> answer;
    start(service.reading().fork({.execution_arn = execution_arn("m", "e"),
                                  .event = event,
                                  .input = std::move(input),
                                  .variables = std::move(variables)}),
          [&answer](std::optional<Result<std::string>> value, std::exception_ptr) { answer = std::move(value); });
    scheduler_.run();
    return *answer ? **answer : (*answer).error().code;
  }
  std::string of(const std::string& arn, const std::string& operation, const std::string& name) {
    return member(call(operation, fmt::format(R"({{"executionArn":"{}"}})", arn)), name);
  }
};

constexpr auto two_passes =
    R"({"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Pass","OutputPath":"$.word","End":true}}})";

TEST_F(ForkTest, RunsFromThereWithItsOwnData) {
  create_machine("m", two_passes);
  start_execution("m", "e", R"({"word":"first"})");
  const std::string arn = fork(4, R"({"word":"second"})");
  EXPECT_EQ(of(arn, "DescribeExecution", "output"), R"("second")");
  EXPECT_EQ(of(arn, "DescribeExecution", "stateMachineArn"), machine_arn("m"));
  EXPECT_EQ(executions("m").size(), 2U);
}

TEST_F(ForkTest, RemembersWhereItComesFromAcrossARestart) {
  create_machine("m", two_passes);
  start_execution("m", "e", R"({"word":"first"})");
  const std::string arn = fork(4, R"({"word":"second"})");
  restart();
  const std::string definition = of(arn, "DescribeStateMachineForExecution", "definition");
  EXPECT_EQ(member(definition, "Comment"), fmt::format("Forked from {} at event 4", execution_arn("m", "e")));
  EXPECT_EQ(member(call("DescribeStateMachine", fmt::format(R"({{"stateMachineArn":"{}"}})", machine_arn("m"))),
                   "definition"),
            two_passes);
}

TEST_F(ForkTest, BeginsWhereAStateIsEntered) {
  create_machine("m", two_passes);
  start_execution("m", "e");
  EXPECT_EQ(fork(3, "{}"), "ValidationException");
  EXPECT_EQ(fork(99, "{}"), "EventDoesNotExist");
  EXPECT_EQ(fork(4, "{"), "InvalidExecutionInput");
  EXPECT_EQ(fork(4, "{}", "[]"), "ValidationException");
}

}  // namespace
}  // namespace stepwell::states
