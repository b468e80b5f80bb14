#include "machine_fixture.h"

namespace stepwell::asl {
namespace {

using PassTest = MachineFixture;

struct Case {
  std::string_view fields;
  std::string_view input;
  std::string_view expected;
};

TEST_F(PassTest, data_flow) {
  activation_.set_context(R"({"State":{"Name":"S"}})");
  activation_.set_variable("v", R"({"a":[1,2]})");
  constexpr Case cases[] = {
      {R"("End":true)", R"({"a":1})", R"({"a":1})"},
      {R"("Next":"T")", "null", "T <- null"},
      {R"("Next":"T","Result":{"x.$":"$.y"})", "{}", R"(T <- {"x.$":"$.y"})"},
      {R"("Next":"T","Result":null)", "{}", "T <- null"},
      {R"("End":true,"InputPath":"$.a")", R"({"a":[1]})", "[1]"},
      {R"("End":true,"InputPath":"$")", "null", "null"},
      {R"("End":true,"InputPath":null)", R"({"a":1})", "{}"},
      {R"("End":true,"OutputPath":null)", R"({"a":1})", "{}"},
      {R"("End":true,"OutputPath":"$.a.b")", R"({"a":{"b":1.50}})", "1.50"},
      {R"("End":true,"OutputPath":"$$.State.Name")", "{}", R"("S")"},
      {R"("End":true,"InputPath":"$v.a[1]")", "{}", "2"},
      {R"("End":true,"InputPath":null,"Parameters":{"x":1,"y.$":"$"})", R"({"a":1})", R"({"x":1,"y":{}})"},
      {R"("End":true,"Result":1,"ResultPath":"$.r")", R"({"a":0})", R"({"a":0,"r":1})"},
      {R"("End":true,"Result":1,"ResultPath":"$.a.b.c")", R"({"a":{"d":2}})", R"({"a":{"d":2,"b":{"c":1}}})"},
      {R"("End":true,"Result":1,"ResultPath":null)", R"({"a":0})", R"({"a":0})"},
      {R"("End":true,"Result":1,"ResultPath":"$")", R"({"a":0})", "1"},
      {R"("End":true,"InputPath":"$.a","ResultPath":"$.b","OutputPath":"$.b")", R"({"a":7})", "7"},
      // ResultPath writes into the input as it came, not into the effective one.
      {R"("End":true,"InputPath":"$.a","ResultPath":"$.a.copy")", R"({"a":{"x":1}})",
       R"({"a":{"x":1,"copy":{"x":1}}})"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(enter(fmt::format(R"({{"Type":"Pass",{}}})", c.fields), c.input), c.expected) << c.fields;
  }
}

TEST_F(PassTest, assigns_variables_from_the_result_with_values_of_entry) {
  activation_.set_variable("old", "1");
  constexpr Case cases[] = {
      {R"("End":true,"Assign":{"x":42,"y":[1,{"z":null}]})", "{}", R"({} x=42 y=[1,{"z":null}])"},
      {R"("End":true,"Assign":{"x.$":"$.a","k":"$.a"})", R"({"a":"b"})", R"({"a":"b"} k="$.a" x="b")"},
      {R"("End":true,"Result":{"q":9},"ResultPath":null,"Assign":{"x.$":"$.q"})", R"({"q":1})", R"({"q":1} x=9)"},
      {R"("End":true,"Parameters":{"p.$":"$.q"},"Assign":{"x.$":"$.p"})", R"({"q":1})", R"({"p":1} x=1)"},
      {R"("End":true,"OutputPath":"$old","Assign":{"old":2,"new.$":"$old"})", "{}", "1 old=2 new=1"},
      {R"j("End":true,"Assign":{"o":{"f.$":"States.Format('{}', $.a)"}})j", R"({"a":"b"})", R"({"a":"b"} o={"f":"b"})"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(enter(fmt::format(R"({{"Type":"Pass",{}}})", c.fields), c.input), c.expected) << c.fields;
  }
}

TEST_F(PassTest, fails_in_the_words_of_aws) {
  constexpr Case cases[] = {
      {R"("OutputPath":"$.X")", "{}", "framed States.Runtime: Invalid path '$.X' : No results for path: $['X']"},
      {R"("OutputPath":"$.no.such")", "{}",
       "framed States.Runtime: Invalid path '$.no.such' : Missing property in path $['no']"},
      {R"("InputPath":"$.a")", "null",
       "framed States.Runtime: Unable to apply Path transformation to null or empty input."},
      {R"("Parameters":{"v.$":"$.no"})", R"({"a": 1})",
       R"(framed States.Runtime: The JSONPath '$.no' specified for the field 'v.$' could not be found in the input '{"a":1}')"},
      {R"j("Parameters":{"o":{"v.$":"States.Array($.no)"}})j", "{}",
       "framed States.Runtime: The function 'States.Array($.no)' had the following error: The JsonPath argument for "
       "the "
       "field '$.no' could not be found in the input '{}'"},
      {R"("InputPath":"$gone")", "{}", "framed States.Runtime: Invalid path '$gone' : No variable 'gone' is assigned"},
      {R"("ResultPath":"$.a")", R"("text")",
       R"(States.ReferencePathConflict: Unable to apply ReferencePath $.a to input "text")"},
      {R"("ResultPath":"$.a.b")", R"({"a":[1]})",
       R"(States.ReferencePathConflict: Unable to apply step "b" to input {"a":[1]})"},
      {R"("ResultPath":"$.a")", "[1]", R"(States.ReferencePathConflict: Unable to apply step "a" to input [1])"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(enter(fmt::format(R"({{"Type":"Pass","End":true,{}}})", c.fields), c.input), c.expected) << c.fields;
  }
}

// The engine recognises an unchanged payload by its place in memory.
TEST_F(PassTest, keeps_what_does_not_change) {
  for (const std::string_view fields :
       {R"("Next":"T")", R"("InputPath":"$","OutputPath":"$","ResultPath":"$","Next":"T")",
        R"("Result":1,"ResultPath":null,"Next":"T")"}) {
    activation_.set_input(R"({"a":[1,2,3]})");
    const auto step = state(fmt::format(R"({{"Type":"Pass",{}}})", fields)).enter(activation_);
    ASSERT_TRUE(step);
    EXPECT_TRUE(std::get<Exit>(*step).output.same_as(activation_.input())) << fields;
  }
}

TEST_F(PassTest, shares_constants) {
  activation_.set_input("{}");
  const State& pass = state(R"({"Type":"Pass","Parameters":{"c":{"x":[1,2]},"i.$":"$"},"End":true})");
  const auto first = pass.enter(activation_);
  const auto second = pass.enter(activation_);
  ASSERT_TRUE(first && second);
  const auto constant = [](const Evaluated<Step>& step) { return *std::get<Exit>(*step).output.find("c"); };
  EXPECT_TRUE(constant(first).same_as(constant(second)));
}

}  // namespace
}  // namespace stepwell::asl
