#include "lang/asl/resource.h"
#include "machine_fixture.h"

namespace stepwell::asl {
namespace {

constexpr std::string_view lambda = "arn:aws:lambda:us-east-1:123456789012:function:f";

class TaskTest : public MachineFixture {
 protected:
  const State& task(std::string_view fields) {
    return state(fmt::format(R"({{"Type":"Task","Resource":"{}"{}}})", lambda, fields));
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
  std::string resume(std::string_view fields, std::string_view input, std::string_view result) {
    activation_.set_input(input);
    return text_of_step(task(fields).resume(activation_, TaskResult{activation_.value(result)}));
  }
};

TEST_F(TaskTest, asks_for_its_call) {
  activation_.set_variable("seconds", "30");
  struct Case {
    std::string_view fields, input, expected;
  };
  constexpr Case cases[] = {
      {R"(,"End":true)", R"({"a":1})", R"({"a":1} -1 -1 -)"},
      {R"(,"InputPath":"$.a","End":true)", R"({"a":1})", "1 -1 -1 -"},
      {R"(,"Parameters":{"b.$":"$.a"},"End":true)", R"({"a":1})", R"({"b":1} -1 -1 -)"},
      {R"(,"TimeoutSeconds":10,"HeartbeatSeconds":3,"End":true)", "{}", "{} 10 3 -"},
      {R"(,"TimeoutSecondsPath":"$.t","HeartbeatSecondsPath":"$seconds","End":true)", R"({"t":"60"})",
       R"({"t":"60"} 60 30 -)"},
      {R"(,"Credentials":{"RoleArn":"arn:r"},"End":true)", "{}", "{} -1 -1 arn:r"},
      {R"(,"Credentials":{"RoleArn.$":"$.r"},"End":true)", R"({"r":"arn:x"})", R"({"r":"arn:x"} -1 -1 arn:x)"},
      {R"(,"TimeoutSecondsPath":"$.no","End":true)", "{}",
       "framed States.Runtime: Invalid path '$.no' : No results for path: $['no']"},
      {R"(,"TimeoutSecondsPath":"$.t","End":true)", R"({"t":"soon"})",
       "framed States.Runtime: The TimeoutSecondsPath field refers to value \"soon\" which is not a valid integer: "
       "$.t"},
      {R"(,"HeartbeatSecondsPath":"$.t","End":true)", R"({"t":0})",
       "framed States.Runtime: HeartbeatSeconds must be a positive integer, but was 0."},
      {R"(,"Credentials":{"RoleArn.$":"$.r"},"End":true)", R"({"r":1})",
       "framed States.Runtime: The value of the field 'RoleArn' in 'Credentials' must be a string."},
  };
  for (const Case& c : cases) EXPECT_EQ(call(c.fields, c.input), c.expected) << c.fields;
}

TEST_F(TaskTest, places_its_result) {
  struct Case {
    std::string_view fields, result, expected;
  };
  constexpr Case cases[] = {
      {R"(,"Next":"T")", "5", "T <- 5"},
      {R"(,"Next":"T")", "null", "T <- null"},
      {R"(,"End":true,"ResultPath":"$.r")", "5", R"({"a":{"b":1},"r":5})"},
      {R"(,"End":true,"ResultPath":null)", "5", R"({"a":{"b":1}})"},
      {R"(,"End":true,"ResultSelector":{"v.$":"$.x","c":1},"ResultPath":"$.r","OutputPath":"$.r")", R"({"x":2,"y":3})",
       R"({"c":1,"v":2})"},
      {R"(,"End":true,"ResultSelector":{"v.$":"$.x"},"Assign":{"all.$":"$"})", R"({"x":2})", R"({"v":2} all={"x":2})"},
      {R"(,"End":true,"ResultSelector":{"v.$":"$.no"})", R"({"x":2})",
       R"(framed States.Runtime: The JSONPath '$.no' specified for the field 'v.$' could not be found in the input '{"x":2}')"},
  };
  for (const Case& c : cases) EXPECT_EQ(resume(c.fields, R"({"a":{"b":1}})", c.result), c.expected) << c.fields;
}

TEST_F(TaskTest, knows_its_resource) {
  ASSERT_NE(task(R"(,"End":true)").resource(), nullptr);
  EXPECT_EQ(machine_->top().start().resource()->kind, Resource::Kind::lambda);
  EXPECT_EQ(machine_->top().find("T")->resource(), nullptr);
  EXPECT_NE(compile_error(R"({"Type":"Task","Resource":"what","End":true})"), "");
  EXPECT_NE(compile_error(R"({"Type":"Task","End":true})"), "");
}

}  // namespace
}  // namespace stepwell::asl
