#include "machine_fixture.h"

namespace stepwell::asl {
namespace {

using ChoiceTest = MachineFixture;

struct Case {
  std::string_view rule;  // goes to T; Default goes to U
  std::string_view input;
  std::string_view expected;
};

TEST_F(ChoiceTest, rules) {
  activation_.set_variable("v", "7");
  activation_.set_context(R"({"State":{"Name":"S"}})");
  constexpr std::string_view missing =
      "framed States.Runtime: Invalid path '$.x': The choice state's condition path references an invalid value.";
  constexpr Case cases[] = {
      {R"("Variable":"$.x","NumericEquals":0)", R"({"x":0.0})", "T"},
      {R"("Variable":"$.x","NumericEquals":0)", R"({"x":"0"})", "U"},
      {R"("Variable":"$.x","StringEqualsPath":"$.y")", R"({"x":"a","y":"a"})", "T"},
      {R"("Variable":"$v","NumericGreaterThanPath":"$.y")", R"({"y":6})", "T"},
      {R"("Variable":"$$.State.Name","StringEquals":"S")", "{}", "T"},
      {R"("Variable":"$.x","StringMatches":"a*")", R"({"x":"abc"})", "T"},
      {R"("Variable":"$.x","IsNull":true)", R"({"x":null})", "T"},
      {R"("Variable":"$.x","IsNull":false)", R"({"x":null})", "U"},
      {R"("Variable":"$.x","IsString":false)", R"({"x":1})", "T"},
      {R"("Variable":"$.x","IsPresent":true)", R"({"x":null})", "T"},
      {R"("Variable":"$.x","IsPresent":true)", "{}", "U"},
      {R"("Variable":"$.x","IsPresent":false)", "{}", "T"},
      {R"("Variable":"$gone","IsPresent":false)", "{}", "T"},
      {R"("Variable":"$.x[1]","IsPresent":true)", R"({"x":[1]})", "U"},
      {R"("Not":{"Variable":"$.x","NumericEquals":1})", R"({"x":2})", "T"},
      {R"("And":[{"Variable":"$.x","IsPresent":true},{"Variable":"$.x","NumericEquals":1}])", "{}", "U"},
      {R"("And":[{"Variable":"$.x","IsNumeric":true},{"Variable":"$.x","NumericEquals":1}])", R"({"x":1})", "T"},
      {R"("Or":[{"Variable":"$.y","IsPresent":true},{"Variable":"$.x","NumericEquals":1}])", R"({"y":1})", "T"},
      {R"("Or":[{"Variable":"$.y","IsPresent":true},{"Not":{"Variable":"$.y","IsPresent":false}}])", "{}", "U"},
      // The order of fields in a rule has no meaning.
      {R"("StringEquals":"a","Comment":"c","Variable":"$.x")", R"({"x":"a"})", "T"},
      {R"("Variable":"$.x","NumericEquals":1)", "{}", missing},
      {R"("Variable":"$.x","IsNull":true)", "{}", missing},
      {R"("Variable":"$.y","NumericEqualsPath":"$.x")", R"({"y":1})", missing},
      {R"("Or":[{"Variable":"$.x","IsNull":true},{"Variable":"$.y","IsPresent":false}])", "{}", missing},
      {R"("Variable":"$","IsNull":true)", "null",
       "framed States.Runtime: Unable to apply Path transformation to null or empty input."},
  };
  for (const Case& c : cases) {
    const std::string got =
        enter(fmt::format(R"({{"Type":"Choice","Choices":[{{{},"Next":"T"}}],"Default":"U"}})", c.rule), c.input);
    if (c.expected.size() > 1) {
      EXPECT_EQ(got, c.expected) << c.rule;
    } else {
      EXPECT_EQ(got, fmt::format("{} <- {}", c.expected, c.input)) << c.rule;
    }
  }
}

TEST_F(ChoiceTest, takes_the_first_rule_that_holds) {
  EXPECT_EQ(enter(R"({"Type":"Choice","Choices":[
      {"Variable":"$.x","NumericEquals":1,"Next":"T"},{"Variable":"$.x","IsNumeric":true,"Next":"U"}]})",
                  R"({"x":1})"),
            R"(T <- {"x":1})");
  EXPECT_EQ(enter(R"({"Type":"Choice","Choices":[
      {"Variable":"$.x","NumericEquals":1,"Next":"T"},{"Variable":"$.x","IsNumeric":true,"Next":"U"}]})",
                  R"({"x":2})"),
            R"(U <- {"x":2})");
}

TEST_F(ChoiceTest, fails_without_a_way_out) {
  EXPECT_EQ(enter(R"({"Type":"Choice","Choices":[{"Variable":"$.x","NumericEquals":1,"Next":"T"}]})", R"({"x":2})"),
            "framed States.Runtime: Failed to transition out of the state. The state does not point to a next state.");
}

TEST_F(ChoiceTest, a_rule_brings_its_own_assign_and_default_that_of_the_state) {
  constexpr std::string_view definition = R"({"Type":"Choice","InputPath":"$.in","OutputPath":"$.out",
      "Choices":[{"Variable":"$.x","NumericEquals":1,"Next":"T","Assign":{"r.$":"$.x"}},
                 {"Variable":"$.x","NumericEquals":2,"Next":"T"}],
      "Default":"U","Assign":{"s":"state"}})";
  EXPECT_EQ(enter(definition, R"({"in":{"x":1,"out":5}})"), "T <- 5 r=1");
  EXPECT_EQ(enter(definition, R"({"in":{"x":2,"out":5}})"), "T <- 5");
  EXPECT_EQ(enter(definition, R"({"in":{"x":3,"out":5}})"), R"(U <- 5 s="state")");
}

TEST_F(ChoiceTest, refuses_rules_that_decide_nothing) {
  constexpr std::string_view rules[] = {
      R"({"Next":"T"})",
      R"({"Variable":"$.x","Next":"T"})",
      R"({"Variable":"$.x","IsNull":"yes","Next":"T"})",
      R"({"Variable":"$.x[","IsNull":true,"Next":"T"})",
      R"({"Variable":"$.x","StringEqualsPath":5,"Next":"T"})",
      R"({"Variable":"$.x","IsNull":true,"Next":"Nowhere"})",
      R"({"Variable":"$.x","IsNull":true})",
      R"({"And":{},"Next":"T"})",
  };
  for (const std::string_view rule : rules) {
    EXPECT_NE(compile_error(fmt::format(R"({{"Type":"Choice","Choices":[{}]}})", rule)), "") << rule;
  }
  EXPECT_NE(compile_error(R"({"Type":"Choice","Choices":{}})"), "");
}

}  // namespace
}  // namespace stepwell::asl
