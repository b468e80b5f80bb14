#include "machine_fixture.h"

namespace stepwell::asl {
namespace {

class MapTest : public MachineFixture {
 protected:
  const State& map(std::string_view fields) {
    return state(fmt::format(
        R"({{"Type":"Map","ItemProcessor":{{"StartAt":"I","States":{{"I":{{"Type":"Pass","End":true}}}}}}{},"Next":"T"}})",
        fields));
  }
  // "count concurrency tolerated percentage"; or the failure.
  std::string fork(std::string_view fields, std::string_view input) {
    activation_.set_input(input);
    const auto step = map(fields).enter(activation_);
    if (!step) return text_of(step.error());
    const Fork& fork = std::get<Fork>(*step);
    return fmt::format("{} {} {} {}", fork.count, fork.concurrency, fork.tolerated_failures,
                       fork.tolerated_failure_percentage);
  }
};

TEST_F(MapTest, forks_over_its_items) {
  activation_.set_variable("items", "[1,2,3]");
  activation_.set_variable("one", R"("1")");
  activation_.set_context(R"({"Execution":{"Input":{"values":[1,2]}}})");
  struct Case {
    std::string_view fields, input, expected;
  };
  constexpr Case cases[] = {
      {"", "[]", "0 0 0 0"},
      {"", "[1,null]", "2 0 0 0"},
      {R"(,"ItemsPath":"$.a.b")", R"({"a":{"b":[1,2,3]}})", "3 0 0 0"},
      {R"(,"InputPath":"$.a","ItemsPath":"$.b")", R"({"a":{"b":[1]}})", "1 0 0 0"},
      {R"(,"ItemsPath":"$items")", "{}", "3 0 0 0"},
      {R"(,"ItemsPath":"$$.Execution.Input.values")", "{}", "2 0 0 0"},
      {R"(,"ItemsPath":"$.a[*].b")", R"({"a":[{"b":1},{"b":2}]})", "2 0 0 0"},
      {R"(,"MaxConcurrency":4,"ToleratedFailureCount":2,"ToleratedFailurePercentage":12.5)", "[1]", "1 4 2 12.5"},
      {R"(,"ItemsPath":"$.i","MaxConcurrencyPath":"$one","ToleratedFailureCountPath":"$.c","ToleratedFailurePercentagePath":"$.p")",
       R"({"i":[1],"c":3,"p":"1.1"})", "1 1 3 1.1"},
      {R"(,"ItemsPath":"$.no")", R"({"a":1})",
       R"(States.ReferencePathConflict: Unable to apply step "no" to input {"a":1})"},
      {R"(,"ItemsPath":"$.a.no")", R"({"a":{"x":1}})",
       R"(States.ReferencePathConflict: Unable to apply step "no" to input {"a":{"x":1}})"},
      {R"(,"ItemsPath":"$.a")", R"({"a":1})", R"(States.Runtime: Reference path "$.a" must point to array.)"},
      {R"(,"ItemsPath":"$$.Execution.Input")", "[]",
       R"(States.Runtime: Reference path "$.Execution.Input" must point to array.)"},
      {"", "{}", R"(States.Runtime: Reference path "$" must point to array.)"},
      {"", "null", R"(States.Runtime: Reference path "$" must point to array.)"},
      {R"(,"ItemsPath":"$.i","MaxConcurrencyPath":"$.c")", R"({"i":[1],"c":"NoNumber"})",
       R"(framed States.Runtime: The MaxConcurrencyPath field refers to value "NoNumber" which is not a valid integer: $.c)"},
      {R"(,"ItemsPath":"$.i","ToleratedFailureCountPath":"$.c")", R"({"i":[1],"c":{}})",
       R"(framed States.Runtime: The ToleratedFailureCountPath field refers to value "{}" which is not a valid integer: $.c)"},
      {R"(,"ItemsPath":"$.i","ToleratedFailurePercentagePath":"$.c")", R"({"i":[1],"c":{}})",
       R"(framed States.Runtime: The ToleratedFailurePercentagePath field refers to value "{}" which is not a valid float: $.c)"},
      {R"(,"ItemsPath":"$.i","ToleratedFailureCountPath":"$.c")", R"({"i":[1],"c":-1})",
       "framed States.Runtime: ToleratedFailureCount cannot be negative."},
      {R"(,"ItemsPath":"$.i","MaxConcurrencyPath":"$.c")", R"({"i":[1],"c":-1})",
       "framed States.Runtime: MaxConcurrency cannot be negative."},
      {R"(,"ItemsPath":"$.i","ToleratedFailurePercentagePath":"$.c")", R"({"i":[1],"c":-1.1})",
       "framed States.Runtime: ToleratedFailurePercentage must be between 0 and 100."},
      {R"(,"ItemsPath":"$.i","ToleratedFailurePercentagePath":"$.c")", R"({"i":[1],"c":"-1"})",
       "framed States.Runtime: ToleratedFailurePercentage must be between 0 and 100."},
      {R"(,"ItemsPath":"$.i","ToleratedFailurePercentagePath":"$.c")", R"({"i":[1],"c":100.1})",
       "framed States.Runtime: ToleratedFailurePercentage must be between 0 and 100."},
  };
  for (const Case& c : cases) EXPECT_EQ(fork(c.fields, c.input), c.expected) << c.fields << c.input;
}

TEST_F(MapTest, selects_the_input_of_an_iteration) {
  activation_.set_context(
      R"({"Execution":{"Id":"e"},"Map":{"Item":{"Index":9,"Value":"outer"}},"State":{"Name":"S"}})");
  activation_.set_input(R"({"d":{"p":"UQS","s":["A",{"x":2}]}})");
  const State& selecting = map(R"(,"InputPath":"$.d","ItemsPath":"$.s","ItemSelector":{"c":1,"i.$":"$$.Map.Item.Index",
      "v.$":"$$.Map.Item.Value","p.$":"$.p","e.$":"$$.Execution.Id"})");
  EXPECT_EQ(json::print(*selecting.child_input(activation_, 0)), R"({"c":1,"p":"UQS","e":"e","v":"A","i":0})");
  EXPECT_EQ(json::print(*selecting.child_input(activation_, 1)), R"({"c":1,"p":"UQS","e":"e","v":{"x":2},"i":1})");
  EXPECT_EQ(json::print(*selecting.child_item(activation_, 1)), R"({"x":2})");
  EXPECT_EQ(selecting.child_block(1)->start().name(), "I");

  const State& old_name = map(R"(,"ItemsPath":"$.d.s","Parameters":{"v.$":"$$.Map.Item.Value"})");
  EXPECT_EQ(json::print(*old_name.child_input(activation_, 0)), R"({"v":"A"})");
  const State& plain = map(R"(,"ItemsPath":"$.d.s")");
  EXPECT_TRUE(plain.child_input(activation_, 1)->same_as(*plain.child_item(activation_, 1)));
}

TEST_F(MapTest, joins_outputs_in_order) {
  activation_.set_input(R"({"x":[1,2]})");
  const json::Value outputs[] = {activation_.value("1"), activation_.value("null")};
  EXPECT_EQ(text_of_step(map(R"(,"ItemsPath":"$.x","ResultPath":"$.r")").resume(activation_, ChildrenDone{outputs})),
            R"(T <- {"x":[1,2],"r":[1,null]})");
  EXPECT_EQ(text_of_step(map("").resume(activation_, ChildrenDone{{}})), "T <- []");
}

TEST_F(MapTest, takes_the_old_name_of_its_processor) {
  const State& map = state(R"({"Type":"Map","Iterator":{"StartAt":"I","States":{"I":{"Type":"Succeed"}}},"End":true})");
  EXPECT_EQ(map.child_block(0)->owner(), &map);
}

TEST_F(MapTest, says_that_distributed_processing_is_not_there) {
  EXPECT_EQ(compile_error(R"({"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED"},"StartAt":"I",
      "States":{"I":{"Type":"Succeed"}}},"End":true})"),
            "state 'S': the processing mode DISTRIBUTED is not available yet");
  EXPECT_EQ(compile_error(R"({"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"INLINE"},"StartAt":"I",
      "States":{"I":{"Type":"Succeed"}}},"End":true})"),
            "");
  EXPECT_NE(compile_error(R"({"Type":"Map","End":true})"), "");
}

}  // namespace
}  // namespace stepwell::asl
