// The fields of each type of state that speaks JSONata.
#include "jsonata_fixture.h"

namespace stepwell::asl {
namespace {

class JsonataStatesTest : public JsonataFixture {
 protected:
  const State& task(std::string_view fields) {
    return jsonata(
        "Task", fmt::format(R"(,"Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Next":"T"{})", fields));
  }
  const State& map(std::string_view fields) {
    return jsonata("Map", fmt::format(R"(,"Next":"T","ItemProcessor":{{"StartAt":"I","States":{{
        "I":{{"Type":"Pass","End":true}}}}}}{})",
                                      fields));
  }
  // "arguments timeout heartbeat role"; or the failure.
  std::string call(std::string_view fields, std::string_view input) {
    activation_.set_input(input);
    const auto step = task(fields).enter(activation_);
    if (!step) return text_of(step.error());
    const auto& call = std::get<CallTask>(*step);
    return fmt::format("{} {} {} {}", json::print(call.arguments), call.timeout_seconds.value_or(-1),
                       call.heartbeat_seconds.value_or(-1), call.role_arn.value_or("-"));
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
  // The time the state waits for, in milliseconds since the epoch; or the failure.
  std::string wake_up(std::string_view field, std::string_view input) {
    activation_.set_input(input);
    const auto step = jsonata("Wait", fmt::format(R"(,{},"Next":"T")", field)).enter(activation_);
    if (!step) return text_of(step.error());
    return fmt::format("{}", std::get<Sleep>(*step).until.time_since_epoch().count());
  }
};

struct Case {
  std::string_view fields;
  std::string_view input;
  std::string expected;
};

std::string misfit(std::string_view expression, std::string_view field, std::string_view expected,
                   std::string_view actual, std::string_view value) {
  return evaluation_failure_of(
      expression, field,
      fmt::format("returned an unexpected result type. Expected '{}', but was '{}' for value: {}", expected, actual,
                  value));
}

TEST_F(JsonataStatesTest, task_asks_for_its_call) {
  activation_.set_variable("seconds", "30");
  const Case cases[] = {
      {"", R"({"a":1})", R"({"a":1} -1 -1 -)"},
      {R"(,"Arguments":{"b":"{% $states.input.a %}"})", R"({"a":1})", R"({"b":1} -1 -1 -)"},
      {R"(,"Arguments":"{% $states.input.a %}")", R"({"a":1})", "1 -1 -1 -"},
      {R"(,"TimeoutSeconds":10,"HeartbeatSeconds":3)", "{}", "{} 10 3 -"},
      {R"(,"TimeoutSeconds":"{% $states.input.t %}","HeartbeatSeconds":"{% $seconds %}")", R"({"t":60})",
       R"({"t":60} 60 30 -)"},
      {R"(,"Credentials":{"RoleArn":"{% $states.input.r %}"})", R"({"r":"arn:x"})", R"({"r":"arn:x"} -1 -1 arn:x)"},
      {R"(,"Credentials":"{% {'RoleArn':'arn:y'} %}")", "{}", "{} -1 -1 arn:y"},
      {R"(,"Credentials":{"RoleArn":"{% 1 %}"})", "{}",
       "framed States.QueryEvaluationError: The value of the field 'RoleArn' in 'Credentials' must be a string. @ "
       "Credentials"},
      {R"(,"Arguments":"{% $no %}")", "{}", evaluation_failure_of("$no", "Arguments", "returned nothing (undefined).")},
      {R"(,"Arguments":{"F":"{% $no %}"})", "{}",
       evaluation_failure_of("$no", "Arguments/F", "returned nothing (undefined).")},
      {R"(,"TimeoutSeconds":"{% 'x' %}")", "{}", misfit("'x'", "TimeoutSeconds", "number", "string", R"("x")")},
      {R"(,"TimeoutSeconds":"{% 1.5 %}")", "{}",
       "framed States.QueryEvaluationError: The TimeoutSeconds field cannot be parsed as an integer: 1.5 @ "
       "TimeoutSeconds"},
      {R"(,"HeartbeatSeconds":"{% 0 %}")", "{}",
       "framed States.QueryEvaluationError: HeartbeatSeconds must be a positive integer, but was 0. @ "
       "HeartbeatSeconds"},
  };
  for (const Case& c : cases) EXPECT_EQ(call(c.fields, c.input), c.expected) << c.fields;
}

TEST_F(JsonataStatesTest, task_is_left_with_its_result) {
  const Case cases[] = {
      {"", R"({"a":1})", R"(T <- {"r":2})"},
      {R"(,"Output":"{% $states.result.r %}")", "{}", "T <- 2"},
      {R"(,"Output":{"i":"{% $states.input.a %}","r":"{% $states.result %}"},"Assign":{"x":"{% $states.result.r %}"})",
       R"({"a":1})", R"(T <- {"i":1,"r":{"r":2}} x=2)"},
      {R"(,"Arguments":{"b":1},"Output":"{% $states.input %}")", R"({"a":1})", R"(T <- {"a":1})"},
  };
  for (const Case& c : cases) {
    activation_.set_input(c.input);
    EXPECT_EQ(text_of_step(task(c.fields).resume(activation_, TaskResult{activation_.value(R"({"r":2})")})), c.expected)
        << c.fields;
  }
}

TEST_F(JsonataStatesTest, catchers_see_the_error_output) {
  const Case cases[] = {
      {"", R"({"a":1})", R"(T <- {"Error":"E","Cause":"c"})"},
      {R"(,"Output":{"e":"{% $states.errorOutput.Error %}","i":"{% $states.input.a %}"})", R"({"a":1})",
       R"(T <- {"e":"E","i":1})"},
      {R"(,"Assign":{"x":"{% $states.errorOutput.Cause %}"})", "{}", R"(T <- {"Error":"E","Cause":"c"} x="c")"},
      {R"(,"Output":{"r":"{% $states.result %}"})", "{}",
       evaluation_failure_of("$states.result", "Catch[1]/Output/r", "returned nothing (undefined).")},
  };
  for (const Case& c : cases) {
    activation_.set_input(c.input);
    const State& catching = task(fmt::format(R"(,"Catch":[{{"ErrorEquals":["X"],"Next":"U"}},
        {{"ErrorEquals":["E"],"Next":"T"{}}}])",
                                             c.fields));
    const auto recovery =
        catching.recover(activation_, {.error = "E", .cause = "c", .framed = false, .location = {}}, {});
    EXPECT_EQ(recovery ? text_of_step(std::get<Exit>(*recovery)) : text_of(recovery.error()), c.expected) << c.fields;
  }
}

TEST_F(JsonataStatesTest, choice_takes_the_first_rule_that_holds) {
  activation_.set_variable("v", "7");
  const Case cases[] = {
      {R"({"Condition":true,"Next":"T"})", "1", "T <- 1"},
      {R"({"Condition":false,"Next":"T"})", "1", R"(U <- "default" d=1)"},
      {R"({"Condition":"{% $states.input.a = $v %}","Next":"T"})", R"({"a":7})", R"(T <- {"a":7})"},
      {R"({"Condition":"{% $states.input.a = $v %}","Next":"T"})", "{}", R"(U <- "default" d=1)"},
      {R"({"Condition":"{% $v = 7 %}","Next":"T","Output":{"o":"{% $v %}"},"Assign":{"x":"{% $states.input %}"}})", "1",
       R"(T <- {"o":7} x=1)"},
      {R"({"Condition":"{% $v = 7 %}","Next":"T"},{"Condition":"{% $no %}","Next":"T"})", "1", "T <- 1"},
      {R"({"Condition":false,"Next":"T"},{"Condition":"{% $no %}","Next":"T"})", "1",
       evaluation_failure_of("$no", "Choices[1]/Condition", "returned nothing (undefined).")},
      {R"({"Condition":"{% 'yes' %}","Next":"T"})", "1",
       misfit("'yes'", "Choices[0]/Condition", "boolean", "string", R"("yes")")},
      {R"({"Condition":true,"Next":"T","Assign":{"x":"{% $no %}"}})", "1",
       evaluation_failure_of("$no", "Choices[0]/Assign/x", "returned nothing (undefined).")},
      {R"({"Condition":false,"Next":"T"},{"Condition":true,"Next":"T","Output":{"v":"{% $no %}"}})", "1",
       evaluation_failure_of("$no", "Choices[1]/Output/v", "returned nothing (undefined).")},
  };
  for (const Case& c : cases) {
    const std::string fields =
        fmt::format(R"(,"Choices":[{}],"Default":"U","Output":"default","Assign":{{"d":1}})", c.fields);
    EXPECT_EQ(enter_jsonata("Choice", fields, c.input), c.expected) << c.fields;
  }
  EXPECT_EQ(enter_jsonata("Choice", R"(,"Choices":[{"Condition":false,"Next":"T"}])"),
            "framed States.Runtime: Failed to transition out of the state. The state does not point to a next state.");
}

TEST_F(JsonataStatesTest, wait) {
  const auto bad_timestamp = [](std::string_view text) {
    return fmt::format(
        "framed States.QueryEvaluationError: The Timestamp field cannot be parsed as an ISO-8601 extended offset "
        "date-time format string: {} @ Timestamp",
        text);
  };
  const Case cases[] = {
      {R"("Seconds":5)", "{}", "5000"},
      {R"("Seconds":"{% $states.input.s + 1 %}")", R"({"s":2})", "3000"},
      {R"("Timestamp":"1970-01-01T00:00:01.5Z")", "{}", "1500"},
      {R"("Timestamp":"{% $states.input.t %}")", R"({"t":"1970-01-01T01:00:10+01:00"})", "10000"},
      {R"("Timestamp":"{% $states.input.t %}")", R"({"t":"2016-13-05T21:29:29Z"})",
       bad_timestamp("2016-13-05T21:29:29Z")},
      {R"("Timestamp":"{% $states.input.t %}")", R"({"t":"2016-12-05T21:29:29"})",
       bad_timestamp("2016-12-05T21:29:29")},
      {R"("Timestamp":"{% 5 %}")", "{}", misfit("5", "Timestamp", "string", "number", "5")},
      {R"("Seconds":"{% '5' %}")", "{}", misfit("'5'", "Seconds", "number", "string", R"("5")")},
      {R"("Seconds":"{% null %}")", "{}", misfit("null", "Seconds", "number", "null", "null")},
      {R"("Seconds":"{% $no %}")", "{}", evaluation_failure_of("$no", "Seconds", "returned nothing (undefined).")},
      {R"("Seconds":"{% 1.5 %}")", "{}",
       "framed States.QueryEvaluationError: The Seconds field cannot be parsed as an integer: 1.5 @ Seconds"},
      {R"("Seconds":"{% -1 %}")", "{}",
       "framed States.QueryEvaluationError: Seconds must be between 0 and 99999999 but was: -1 @ Seconds"},
      {R"("Seconds":"{% 100000000 %}")", "{}",
       "framed States.QueryEvaluationError: Seconds must be between 0 and 99999999 but was: 100000000 @ Seconds"},
      {R"("Timestamp":"{% '2099-01-01T00:00:00Z' %}")", "{}", "framed States.Runtime: Wait state delay is too long."},
  };
  for (const Case& c : cases) EXPECT_EQ(wake_up(c.fields, c.input), c.expected) << c.fields;
}

// Expressions fail before the state is at work; a time that is none is found out when it begins to wait.
TEST_F(JsonataStatesTest, wait_fails_on_the_way_in_or_at_work) {
  activation_.set_input("{}");
  EXPECT_FALSE(jsonata("Wait", R"(,"Timestamp":"{% $no %}","Next":"T")").enter(activation_).error().at_work);
  EXPECT_TRUE(jsonata("Wait", R"(,"Timestamp":"{% 'x' %}","Next":"T")").enter(activation_).error().at_work);
  const State& waits = jsonata("Wait", R"(,"Seconds":1,"Output":"{% $no %}","Next":"T")");
  EXPECT_TRUE(waits.resume(activation_, TimerElapsed{}).error().at_work);
}

TEST_F(JsonataStatesTest, fail) {
  const Case cases[] = {
      {R"(,"Error":"E","Cause":"c")", "{}", "E: c"},
      {R"(,"Error":"{% $states.input.e %}","Cause":"{% 'because ' & $states.input.e %}")", R"({"e":"E"})",
       "E: because E"},
      {R"(,"Error":"{% $states.input.e %}")", R"({"e":1})",
       misfit("$states.input.e", "Error", "string", "number", "1")},
      {R"(,"Cause":"{% $no %}")", "{}", evaluation_failure_of("$no", "Cause", "returned nothing (undefined).")},
  };
  for (const Case& c : cases) EXPECT_EQ(enter_jsonata("Fail", c.fields, c.input), c.expected) << c.fields;
}

TEST_F(JsonataStatesTest, map_forks_over_its_items) {
  activation_.set_variable("items", "[1,2,3]");
  activation_.set_variable("object", R"({"foo":"bar"})");
  const Case cases[] = {
      {"", "[1,null]", "2 0 0 0"},
      {R"(,"Items":[1,"{% $states.input %}",3])", "{}", "3 0 0 0"},
      {R"(,"Items":"{% $items %}")", "{}", "3 0 0 0"},
      {R"(,"Items":[])", "{}", "0 0 0 0"},
      {R"(,"Items":[1],"MaxConcurrency":"{% $v := 1 %}","ToleratedFailureCount":"{% 2 %}","ToleratedFailurePercentage":"{% 12.5 %}")",
       "{}", "1 1 2 12.5"},
      {R"(,"Items":[1],"MaxConcurrency":4,"ToleratedFailureCount":2,"ToleratedFailurePercentage":0.5)", "{}",
       "1 4 2 0.5"},
      {"", R"({"foo":"bar"})",
       R"(framed States.QueryEvaluationError: Map state input must be an array but was: {"foo":"bar"})"},
      {"", "null", "framed States.QueryEvaluationError: Map state input must be an array but was: null"},
      {R"(,"Items":{"a":"{% 1 %}"})", "{}",
       R"(framed States.QueryEvaluationError: Map state input must be an array but was: {"a":1} @ Items)"},
      {R"(,"Items":"{% 1 %}")", "{}", misfit("1", "Items", "array", "number", "1")},
      {R"(,"Items":"{% 'string' %}")", "{}", misfit("'string'", "Items", "array", "string", R"("string")")},
      {R"(,"Items":"{% true %}")", "{}", misfit("true", "Items", "array", "boolean", "true")},
      {R"(,"Items":"{% null %}")", "{}", misfit("null", "Items", "array", "null", "null")},
      {R"(,"Items":"{% $object %}")", "{}", misfit("$object", "Items", "array", "object", R"({"foo":"bar"})")},
      {R"(,"Items":"{% $fn := function($x){$x} %}")", "{}",
       evaluation_failure_of("$fn := function($x){$x}", "Items", "returned an unsupported result type.")},
      {R"(,"Items":["{% $no %}"])", "{}", evaluation_failure_of("$no", "Items[0]", "returned nothing (undefined).")},
      {R"(,"Items":[1],"MaxConcurrency":"{% -1 %}")", "{}",
       "framed States.QueryEvaluationError: MaxConcurrency cannot be negative. @ MaxConcurrency"},
      {R"(,"Items":[1],"ToleratedFailurePercentage":"{% 101 %}")", "{}",
       "framed States.QueryEvaluationError: ToleratedFailurePercentage must be between 0 and 100. @ "
       "ToleratedFailurePercentage"},
      {R"(,"Items":[1],"ToleratedFailureCount":"{% true %}")", "{}",
       misfit("true", "ToleratedFailureCount", "number", "boolean", "true")},
  };
  for (const Case& c : cases) EXPECT_EQ(fork(c.fields, c.input), c.expected) << c.fields << c.input;
  EXPECT_EQ(compile_error(definition_of("Map", R"(,"Items":1,"End":true,"ItemProcessor":{"StartAt":"I","States":{
      "I":{"Type":"Pass","End":true}}})")),
            "state 'S': 'Items' must be an array, an object or an expression");
}

TEST_F(JsonataStatesTest, map_selects_the_input_of_an_iteration) {
  activation_.set_context(R"({"Execution":{"Id":"e"}})");
  activation_.set_input(R"({"p":"UQS","s":["A",{"x":2}]})");
  const State& selecting =
      map(R"(,"Items":"{% $states.input.s %}","ItemSelector":{"i":"{% $states.context.Map.Item.Index %}",
      "v":"{% $states.context.Map.Item.Value %}","p":"{% $states.input.p %}"})");
  EXPECT_EQ(json::print(*selecting.child_input(activation_, 1)), R"({"i":1,"v":{"x":2},"p":"UQS"})");
  EXPECT_EQ(json::print(*selecting.child_item(activation_, 1)), R"({"x":2})");
  const State& plain = map(R"(,"Items":"{% $states.input.s %}")");
  EXPECT_EQ(json::print(*plain.child_input(activation_, 0)), R"("A")");
  const State& failing = map(R"(,"Items":[1],"ItemSelector":{"a":"{% $no %}"})");
  EXPECT_EQ(text_of(failing.child_input(activation_, 0).error()),
            evaluation_failure_of("$no", "ItemSelector/a", "returned nothing (undefined)."));
}

// They are worked out again after a restart.
TEST_F(JsonataStatesTest, items_of_a_map_stay_the_same) {
  struct Later final : PlainActivation {
    Timestamp now() override { return Timestamp{Duration{++asked * 1000}}; }
    Timestamp entered_at() override { return {}; }
    std::uint64_t attempt() override { return visit; }
    int asked = 0;
    std::uint64_t visit = 1;
  };
  const State& chance = map(R"(,"Items":["{% $random() %}","{% $uuid() %}","{% $millis() %}"])");
  Later activation;
  activation.set_input("{}");
  const auto items = [&] {
    std::string all;
    for (std::uint32_t i = 0; i < 3; ++i) all += json::print(*chance.child_item(activation, i)) + " ";
    return all;
  };
  const std::string first = items();
  EXPECT_TRUE(first.ends_with(" 0 ")) << first;
  EXPECT_EQ(items(), first);
  activation.visit = 2;
  EXPECT_NE(items(), first);
}

TEST_F(JsonataStatesTest, parallel) {
  const auto parallel = [&](std::string_view fields) -> const State& {
    return jsonata("Parallel", fmt::format(R"(,"Next":"T","Branches":[{{"StartAt":"I","States":{{
        "I":{{"Type":"Pass","End":true}}}}}}]{})",
                                           fields));
  };
  activation_.set_input(R"({"a":1})");
  EXPECT_EQ(json::print(*parallel("").child_input(activation_, 0)), R"({"a":1})");
  EXPECT_EQ(json::print(*parallel(R"(,"Arguments":{"b":"{% $states.input.a %}"})").child_input(activation_, 0)),
            R"({"b":1})");
  const json::Value outputs[] = {activation_.value("7")};
  EXPECT_EQ(text_of_step(parallel("").resume(activation_, ChildrenDone{outputs})), "T <- [7]");
  EXPECT_EQ(text_of_step(parallel(R"(,"Output":{"r":"{% $states.result[0] %}","i":"{% $states.input.a %}"})")
                             .resume(activation_, ChildrenDone{outputs})),
            R"(T <- {"r":7,"i":1})");
}

// A state speaks its own language, else that of the machine, whatever the state around it speaks.
TEST(JsonataLanguage, of_states) {
  struct Languages {
    std::string_view machine, outer, inner;
    QueryLanguage expected;
  };
  constexpr auto jsonpath = QueryLanguage::jsonpath;
  constexpr auto jsonata = QueryLanguage::jsonata;
  constexpr Languages cases[] = {
      {"", "", "", jsonpath},
      {"", "JSONata", "", jsonpath},
      {"JSONPath", "JSONata", "JSONata", jsonata},
      {"JSONata", "", "", jsonata},
  };
  const auto field = [](std::string_view language) {
    return language.empty() ? std::string() : fmt::format(R"("QueryLanguage":"{}",)", language);
  };
  for (const Languages& c : cases) {
    const auto machine = Machine::compile(fmt::format(
        R"({{{}"StartAt":"P","States":{{"P":{{{}"Type":"Parallel","End":true,"Branches":[{{"StartAt":"I","States":{{
        "I":{{{}"Type":"Pass","End":true}}}}}}]}}}}}})",
        field(c.machine), field(c.outer), field(c.inner)));
    ASSERT_TRUE(machine) << machine.error().message;
    EXPECT_EQ((*machine)->top().start().child_block(0)->start().language(), c.expected)
        << c.machine << c.outer << c.inner;
  }
}

}  // namespace
}  // namespace stepwell::asl
