// What one state's fields may cost together is bounded, in either query language: an evaluation that goes beyond it is
// ended and fails, and the budget tells how much was done.
#include "lang/asl/choice/operators.h"
#include "lang/asl/expression.h"
#include "machine_fixture.h"

namespace stepwell::asl {
namespace {

std::string repeated(std::string_view part, std::size_t count, std::string_view separator = ",") {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text.append(i == 0 ? "" : separator).append(part);
  return text;
}

class BudgetOfAState : public MachineFixture {
 protected:
  BudgetOfAState() { activation_.set_budget(100'000); }

  // What the state comes to, cut behind the name of the error.
  std::string outcome(std::string_view definition, std::string_view input) {
    std::string text = enter(definition, input);
    return text.substr(0, text.find(':'));
  }
  std::uint64_t left() { return activation_.budget().left(); }
};

// Parameters of `count` members, each of them `expression`.
std::string pass_with(std::string_view expression, std::size_t count) {
  std::string members;
  for (std::size_t i = 0; i < count; ++i) {
    members += fmt::format(R"({}"m{}.$":"{}")", i == 0 ? "" : ",", i, expression);
  }
  return fmt::format(R"({{"Type":"Pass","Parameters":{{{}}},"End":true}})", members);
}

TEST_F(BudgetOfAState, Intrinsics) {
  const std::string input = fmt::format(R"({{"a":[{}]}})", repeated("1", 30'000));
  EXPECT_EQ(outcome(pass_with("States.ArrayContains($.a, 2)", 10), input), "framed States.IntrinsicFailure");
  EXPECT_EQ(left(), 0U);
}

TEST_F(BudgetOfAState, IntrinsicsThatMakeLongTexts) {
  const std::string input = fmt::format(R"({{"a":"{}"}})", std::string(200'000, 'x'));
  EXPECT_EQ(outcome(pass_with("States.Format('{}{}{}', $.a, $.a, $.a)", 10), input), "framed States.IntrinsicFailure");
}

TEST_F(BudgetOfAState, ManyCheapIntrinsicsAreNoMatter) {
  activation_.set_budget(Activation::max_steps);
  EXPECT_TRUE(outcome(pass_with("States.MathAdd($.a, 1)", 1'000), R"({"a":1})").starts_with("{\"m"));
  EXPECT_GT(left(), Activation::max_steps * 99 / 100);
}

TEST_F(BudgetOfAState, Paths) {
  const std::string input = fmt::format(R"({{"a":[{}]}})", repeated("1", 50'000));
  EXPECT_EQ(enter(pass_with("$..*", 10), input).substr(0, 70),
            "framed States.Runtime: Invalid path '$..*' : Evaluation takes too long");
  EXPECT_EQ(left(), 0U);
}

TEST_F(BudgetOfAState, FiltersThatCompareLongTexts) {
  const std::string input = fmt::format(R"({{"t":"{}","a":[{}]}})", std::string(100'000, 'x'), repeated("1", 50'000));
  const std::string path = "$.a[?($.t == $.t)]";
  EXPECT_EQ(enter(pass_with(path, 1), input).substr(0, 22), "framed States.Runtime:");
}

TEST_F(BudgetOfAState, Expressions) {
  const std::string expression = "{% $sum($map([1..10000], function($x) { $x + 1 })) %}";
  const std::string state = fmt::format(R"({{"Type":"Pass","QueryLanguage":"JSONata","Output":[{}],"End":true}})",
                                        repeated(fmt::format("\"{}\"", expression), 100));
  const std::string failure = enter(state, "{}");
  EXPECT_TRUE(failure.starts_with("framed States.QueryEvaluationError: The JSONata expression '$sum("));
  EXPECT_NE(failure.find("Expression evaluation timeout: Check for infinite loop"), std::string::npos);
}

TEST_F(BudgetOfAState, ManyExpressionsAreNoMatter) {
  const std::string state = fmt::format(R"({{"Type":"Pass","QueryLanguage":"JSONata","Output":[{}],"End":true}})",
                                        repeated(R"("{% $states.input.a %}")", 1'000));
  EXPECT_EQ(enter(state, R"({"a":1})").substr(0, 3), "[1,");
}

TEST_F(BudgetOfAState, ChoiceRules) {
  const std::string input = fmt::format(R"({{"t":"{}"}})", std::string(200'000, 'x'));
  const std::string rule = R"({"Variable":"$.t","StringMatches":"*y","Next":"T"})";
  const std::string state = fmt::format(R"({{"Type":"Choice","Choices":[{}],"Default":"U"}})", repeated(rule, 10));
  EXPECT_EQ(enter(state, input), "framed States.Runtime: Evaluating the choice rules takes too long.");
}

// In linear time: no pattern makes the search go back.
TEST(Patterns, AreFoundWithoutGoingBack) {
  const std::string text(200'000, 'a');
  EXPECT_FALSE(matches_pattern(text, "*" + std::string(100'000, 'a') + "b*"));
  EXPECT_TRUE(matches_pattern(text, repeated("*a", 1'000, "") + "*"));
  EXPECT_TRUE(matches_pattern(text, repeated("*a", 10'000, "")));
  EXPECT_FALSE(matches_pattern(text, repeated("*a", 9'999, "") + "b*"));
}

}  // namespace
}  // namespace stepwell::asl
