#include "lang/asl/states/state_kind.h"
#include "machine_fixture.h"

namespace stepwell::asl {
namespace {

std::string error_of(std::string_view definition) {
  const auto compiled = Machine::compile(definition);
  if (compiled) return {};
  EXPECT_EQ(compiled.error().code, "InvalidDefinition");
  return compiled.error().message;
}

TEST(Machine, numbers_states_in_the_order_of_the_definition) {
  const std::string definition = R"({"StartAt":"P","TimeoutSeconds":60,"States":{
      "A":{"Type":"Pass","End":true},
      "P":{"Type":"Parallel","Branches":[
        {"StartAt":"B1","States":{"B1":{"Type":"Pass","Next":"B2"},"B2":{"Type":"Succeed"}}},
        {"StartAt":"M","States":{"M":{"Type":"Map","End":true,
          "ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Pass","End":true}}}}}}],"Next":"A"}}})";
  const auto machine = Machine::compile(definition).value();
  EXPECT_EQ(machine->definition(), definition);
  EXPECT_EQ(machine->timeout_seconds(), 60);
  ASSERT_EQ(machine->states(), 6U);
  const std::string_view names[] = {"A", "P", "B1", "B2", "M", "I"};
  const StateType types[] = {StateType::Pass,    StateType::Parallel, StateType::Pass,
                             StateType::Succeed, StateType::Map,      StateType::Pass};
  for (std::uint32_t i = 0; i < 6; ++i) {
    EXPECT_EQ(machine->state(i).name(), names[i]);
    EXPECT_EQ(machine->state(i).index(), i);
    EXPECT_EQ(machine->state(i).type(), types[i]);
    EXPECT_EQ(machine->state(i).language(), QueryLanguage::jsonpath);
  }
  EXPECT_EQ(&machine->top().start(), &machine->state(1));
  EXPECT_EQ(machine->top().owner(), nullptr);
  EXPECT_EQ(machine->top().find("B1"), nullptr);
  EXPECT_EQ(&machine->state(2).block(), machine->state(1).child_block(0));
  EXPECT_EQ(machine->state(2).block().owner(), &machine->state(1));
  EXPECT_EQ(machine->state(5).block().owner(), &machine->state(4));
  EXPECT_EQ(machine->state(0).child_block(0), nullptr);
}

TEST(Machine, transitions_stay_in_their_block) {
  PlainActivation activation;
  const auto machine = Machine::compile(R"({"StartAt":"A","States":{
      "A":{"Type":"Pass","Next":"B"},"B":{"Type":"Pass","Next":"A"}}})")
                           .value();
  const auto step = machine->top().start().enter(activation);
  EXPECT_EQ(std::get<Exit>(*step).next, machine->top().find("B"));
  EXPECT_EQ(error_of(R"({"StartAt":"A","States":{"A":{"Type":"Parallel","End":true,
      "Branches":[{"StartAt":"B","States":{"B":{"Type":"Pass","Next":"A"}}}]}}})"),
            "state 'A': there is no state 'A' to go to");
}

TEST(Machine, refuses_what_it_cannot_run) {
  struct Case {
    std::string_view definition, message;
  };
  constexpr Case cases[] = {
      {R"({"StartAt":"A","States":{}})", "there is no state 'A' to start at"},
      {R"({"States":{}})", "'StartAt' must be a string"},
      {R"({"StartAt":"A"})", "'States' must be an object"},
      {R"({"StartAt":"A","States":{"A":{}}})", "'Type' must be a string"},
      {R"({"StartAt":"A","States":{"A":{"Type":"Jump"}}})", "state 'A' has the unknown type 'Jump'"},
      {R"({"StartAt":"A","States":{"A":{"Type":"Pass","Next":"Z"}}})", "there is no state 'Z' to go to"},
      {R"({"StartAt":"A","States":{"A":{"Type":"Pass","InputPath":"x","End":true}}})",
       "state 'A': 'x' is neither a path ($…), a context path ($$…), a variable ($name…) nor an intrinsic function "
       "(States.…(…))"},
      {R"({"StartAt":"A","States":{"A":{"Type":"Pass","ResultPath":"$.a[*]","End":true}}})",
       "state 'A': '$.a[*]' is no reference path"},
      {R"({"StartAt":"A","States":{"A":{"Type":"Parallel","End":true,"Branches":[{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}]}}})",
       "state 'A': two states are named 'A'"},
      {R"({"StartAt":"A","States":{"A":{"Type":"Parallel","End":true,"Branches":[{"StartAt":"B","States":{"B":{"Type":"Wait","End":true}}}]}}})",
       "state 'B': nothing tells how long to wait"},
      {R"({"StartAt":"A","QueryLanguage":"SQL","States":{"A":{"Type":"Succeed"}}})",
       "'QueryLanguage' must be 'JSONPath' or 'JSONata'"},
  };
  for (const Case& c : cases) EXPECT_EQ(error_of(c.definition), c.message) << c.definition;
  EXPECT_NE(error_of("{"), "");
  EXPECT_NE(error_of("[]"), "");
}

TEST(Machine, a_state_may_say_that_it_speaks_jsonpath) {
  EXPECT_EQ(
      error_of(
          R"({"StartAt":"A","QueryLanguage":"JSONPath","States":{"A":{"Type":"Succeed","QueryLanguage":"JSONPath"}}})"),
      "");
}

TEST(Machine, knows_which_variables_each_state_reads) {
  const auto machine = Machine::compile(R"j({"StartAt":"A","States":{
    "A":{"Type":"Pass","Assign":{"a":1,"b.$":"$.x"},"Result":{"no.$":"$a"},"Next":"Paths"},
    "Paths":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","InputPath":"$in.x",
      "Parameters":{"o":[{"y.$":"States.Format('{}{}', $fmt, States.MathAdd($n, 1))"}],"z.$":"$$.State","s":"$no"},
      "ResultSelector":{"r.$":"$sel"},"OutputPath":"$out","TimeoutSecondsPath":"$t","Credentials":{"RoleArn.$":"$role"},
      "Assign":{"q.$":"$in"},"Catch":[{"ErrorEquals":["States.ALL"],"Assign":{"e.$":"$caught"},"Next":"Choose"}],
      "Next":"Choose"},
    "Choose":{"Type":"Choice","Default":"Wait","Choices":[{"Next":"Fail","Assign":{"v.$":"$w"},
      "And":[{"Variable":"$x","IsNull":true},{"Not":{"Variable":"$.y","StringEqualsPath":"$y"}}]}]},
    "Wait":{"Type":"Wait","SecondsPath":"$seconds","Next":"Map"},
    "Map":{"Type":"Map","ItemsPath":"$items","MaxConcurrencyPath":"$most","ItemSelector":{"i.$":"$item"},"Next":"Fail",
      "ItemProcessor":{"StartAt":"Inner","States":{"Inner":{"Type":"Pass","InputPath":"$inner","End":true}}}},
    "Fail":{"Type":"Fail","ErrorPath":"$error","CausePath":"$error"}}})j");
  ASSERT_TRUE(machine) << machine.error().message;
  const Machine::VariableReferences expected = {
      {"Choose", {"w", "x", "y"}},
      {"Fail", {"error"}},
      {"Inner", {"inner"}},
      {"Map", {"item", "items", "most"}},
      {"Paths", {"caught", "fmt", "in", "n", "out", "role", "sel", "t"}},
      {"Wait", {"seconds"}},
  };
  EXPECT_EQ((*machine)->variable_references(), expected);
}

TEST(StateKinds, are_found_by_name) {
  for (const std::string_view name : {"Choice", "Fail", "Map", "Parallel", "Pass", "Succeed", "Task", "Wait"}) {
    ASSERT_NE(find_state_kind(name), nullptr) << name;
    EXPECT_EQ(find_state_kind(name)->name, name);
    EXPECT_FALSE(find_state_kind(name)->fields.empty());
  }
  EXPECT_EQ(find_state_kind("pass"), nullptr);
}

}  // namespace
}  // namespace stepwell::asl
