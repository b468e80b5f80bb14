// Output and Assign of states that speak JSONata, and what expressions see.
#include "jsonata_fixture.h"

namespace stepwell::asl {
namespace {

using JsonataFlowTest = JsonataFixture;

struct Case {
  std::string_view fields;
  std::string_view input;
  std::string_view expected;
};

TEST_F(JsonataFlowTest, output) {
  activation_.set_context(R"({"State":{"Name":"S"}})");
  activation_.set_variable("v", R"({"a":[1,2]})");
  activation_.set_variable("sum", "3");
  constexpr Case cases[] = {
      {"", R"({"a":1})", R"({"a":1})"},
      {"", "null", "null"},
      {R"(,"Output":{})", "1", "{}"},
      {R"(,"Output":null)", "1", "null"},
      {R"(,"Output":0.10)", "1", "0.10"},
      {R"(,"Output":"text")", "1", R"("text")"},
      {R"(,"Output":"{% $states.input.a %}")", R"({"a":[1,{"b":2}]})", R"([1,{"b":2}])"},
      {R"(,"Output":"{%$states.input%}")", R"({"a":1})", R"({"a":1})"},
      {R"(,"Output":"{%\n $states.input.a \t%}")", R"({"a":1})", "1"},
      {R"(,"Output":{"x":{"y":[0,"{% $states.input.a %}",{"z":"{% $v.a[1] %}"}]},"k":[true]})", R"({"a":"b"})",
       R"({"x":{"y":[0,"b",{"z":2}]},"k":[true]})"},
      // Only what the delimiters begin and end is an expression, and only values are.
      {R"(,"Output":[" {% 1 %}","{% 1 %} ","{%%","$states.input","$.a",{"a.$":"$.a","{% 1 %}":2}])", "{}",
       R"([" {% 1 %}","{% 1 %} ","{%%","$states.input","$.a",{"a.$":"$.a","{% 1 %}":2}])"},
      {R"(,"Output":"{% $states.context.State.Name %}")", "{}", R"("S")"},
      {R"(,"Output":"{% $states %}")", "7", R"({"input":7,"context":{"State":{"Name":"S"}}})"},
      {R"(,"Output":"{% ($s := $states; $s.context.State.Name) %}")", "7", R"("S")"},
      {R"(,"Output":"{% $sum %}")", "{}", "3"},
      {R"(,"Output":"{% null %}")", "{}", "null"},
      {R"(,"Output":{"n":"{% $states.input.n %}"})", R"({"n":null})", R"({"n":null})"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(enter_jsonata("Pass", fmt::format(R"({},"End":true)", c.fields), c.input), c.expected) << c.fields;
    EXPECT_EQ(enter_jsonata("Succeed", c.fields, c.input), c.expected) << c.fields;
  }
}

TEST_F(JsonataFlowTest, assigned_variables_and_output_see_the_values_of_entry) {
  activation_.set_variable("old", "1");
  constexpr Case cases[] = {
      {R"(,"Assign":{"x":42,"y":[1,{"z":null}]})", "{}", R"({} x=42 y=[1,{"z":null}])"},
      {R"(,"Assign":{"x":"{% $states.input.a %}","k":{"o":["{% $old %}"]}})", R"({"a":"b"})",
       R"({"a":"b"} x="b" k={"o":[1]})"},
      {R"(,"Output":"{% $old %}","Assign":{"old":2,"new":"{% $old %}"})", "{}", "1 old=2 new=1"},
      {R"(,"Assign":{})", "{}", "{}"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(enter_jsonata("Pass", fmt::format(R"({},"End":true)", c.fields), c.input), c.expected) << c.fields;
  }
}

TEST_F(JsonataFlowTest, constants_are_shared) {
  const State& constant = jsonata("Pass", R"(,"End":true,"Output":{"a":[1,{"b":2}]},"Assign":{"v":{"c":3}})");
  const auto first = constant.enter(activation_).value();
  const auto second = constant.enter(activation_).value();
  EXPECT_TRUE(std::get<Exit>(first).output.same_as(std::get<Exit>(second).output));
  EXPECT_TRUE(std::get<Exit>(first).assigned[0].value.same_as(std::get<Exit>(second).assigned[0].value));
  const State& mixed = jsonata("Pass", R"(,"End":true,"Output":{"a":[1,{"b":2}],"e":"{% 1 %}"})");
  const auto third = mixed.enter(activation_).value();
  const auto fourth = mixed.enter(activation_).value();
  EXPECT_TRUE(std::get<Exit>(third).output.find("a")->same_as(*std::get<Exit>(fourth).output.find("a")));
}

TEST_F(JsonataFlowTest, the_context_object_is_made_only_for_expressions_that_may_look_at_it) {
  struct Counting final : PlainActivation {
    json::Value context() override {
      ++asked;
      return PlainActivation::context();
    }
    int asked = 0;
  };
  struct Look {
    std::string_view expression;
    bool looks;
  };
  constexpr Look looks[] = {
      {"1", false},
      {"$states.input", false},
      {"$states.input.context & $states.input.a", false},
      {"$states.context.x", true},
      {"$states.inputs", false},
      {"$states . context", true},
      {"($s := $states; 1)", true},
      {"$states.input & $string($states.*)", true},
  };
  for (const Look& look : looks) {
    Counting activation;
    activation.set_input(R"({"context":1,"a":2})");
    activation.set_context(R"({"x":1})");
    static_cast<void>(
        jsonata("Pass", fmt::format(R"(,"End":true,"Output":"{{% {} %}}")", look.expression)).enter(activation));
    EXPECT_EQ(activation.asked, look.looks ? 1 : 0) << look.expression;
  }
}

TEST_F(JsonataFlowTest, an_expression_without_a_value_fails) {
  activation_.set_variable("one", "1");
  struct Failing {
    std::string_view fields, expression, field, what;
  };
  constexpr std::string_view nothing = "returned nothing (undefined).";
  constexpr Failing cases[] = {
      {R"(,"Output":"{% $no %}")", "$no", "Output", nothing},
      {R"(,"Output":{"a":{"b":"{%$states.input.no%}"}})", "$states.input.no", "Output/a/b", nothing},
      {R"(,"Output":{"values":["{% 1 %}","{% $no %}"]})", "$no", "Output/values[1]", nothing},
      {R"(,"Output":{"a":{"b":[[0,"{% $no %}"]]}})", "$no", "Output/a/b[0][1]", nothing},
      {R"(,"Output":["{% $no %}"])", "$no", "Output[0]", nothing},
      {R"(,"Assign":{"x":{"y":"{% $states.result %}"}})", "$states.result", "Assign/x/y", nothing},
      {R"(,"Output":"{% $states.errorOutput %}")", "$states.errorOutput", "Output", nothing},
      {R"(,"Output":"{% $one() %}")", "$one()", "Output",
       "threw an error during evaluation. T1006: Attempted to invoke a non-function"},
      {R"(,"Output":"{% function($x){$x} %}")", "function($x){$x}", "Output", "returned an unsupported result type."},
      {R"(,"Output":"{% ($f := function($x){1 + $f($x)}; $f(1)) %}")", "($f := function($x){1 + $f($x)}; $f(1))",
       "Output",
       "threw an error during evaluation: Stack overflow error: Check for non-terminating recursive function. Consider "
       "rewriting as tail-recursive"},
  };
  for (const Failing& c : cases) {
    EXPECT_EQ(enter_jsonata("Pass", fmt::format(R"({},"End":true)", c.fields)),
              evaluation_failure_of(c.expression, c.field, c.what))
        << c.fields;
  }
}

TEST_F(JsonataFlowTest, what_does_not_compile_is_refused_with_the_machine) {
  EXPECT_EQ(compile_error(definition_of("Pass", R"(,"End":true,"Output":{"a":"{% 1 + %}"})")),
            "state 'S': '1 +' is no JSONata: Unexpected end of expression");
  EXPECT_EQ(compile_error(definition_of("Pass", R"(,"End":true,"Assign":"{% {} %}")")),
            "state 'S': 'Assign' must be an object");
}

TEST_F(JsonataFlowTest, the_machine_knows_which_variables_a_state_reads) {
  static_cast<void>(jsonata("Task", R"(,"Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Next":"T",
      "Arguments":["{% $b + $sum($a) %}",{"x":"{% ($local := 1; $local + $states.input.y) %}"}],
      "Output":"{% $b %}","Assign":{"d":"{% $c.d %}"},"TimeoutSeconds":"{% $t %}",
      "Catch":[{"ErrorEquals":["States.ALL"],"Output":"{% $caught %}","Next":"T"}])"));
  const Machine::VariableReferences expected = {{"S", {"a", "b", "c", "caught", "t"}}};
  EXPECT_EQ(machine_->variable_references(), expected);
}

}  // namespace
}  // namespace stepwell::asl
