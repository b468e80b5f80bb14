#include "machine_fixture.h"

namespace stepwell::asl {
namespace {

using FailTest = MachineFixture;
using SucceedTest = MachineFixture;

TEST_F(FailTest, reports_error_and_cause) {
  activation_.set_variable("cause", R"("because")");
  activation_.set_context(R"({"State":{"Name":"S"}})");
  struct Case {
    std::string_view fields, input, expected;
  };
  constexpr Case cases[] = {
      {R"("Comment":"says nothing")", "{}", "-: -"},
      {R"("Error":"E")", "{}", "E: -"},
      {R"("Cause":"C")", "{}", "-: C"},
      {R"("Error":"E","Cause":"C")", "{}", "E: C"},
      {R"("ErrorPath":"$.e","CausePath":"$cause")", R"({"e":"E"})", "E: because"},
      {R"j("ErrorPath":"$$.State.Name","CausePath":"States.Format('{}!', $.e)")j", R"({"e":"E"})", "S: E!"},
      {R"("ErrorPath":"$.e","CausePath":"$.no")", R"({"e":"E"})",
       "framed States.Runtime: The JSONPath '$.no' specified for the field 'CausePath' could not be found in the input "
       "'{\"e\":\"E\"}'"},
      {R"("ErrorPath":"$.e")", R"({"e":1})",
       "framed States.Runtime: The ErrorPath field refers to value \"1\" which is not a valid string: $.e"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(enter(fmt::format(R"({{"Type":"Fail",{}}})", c.fields), c.input), c.expected) << c.fields;
  }
}

TEST_F(SucceedTest, ends_with_what_it_selects) {
  EXPECT_EQ(enter(R"({"Type":"Succeed"})", R"({"a":1})"), R"({"a":1})");
  EXPECT_EQ(enter(R"({"Type":"Succeed","InputPath":"$.a","OutputPath":"$.b"})", R"({"a":{"b":2}})"), "2");
  EXPECT_EQ(enter(R"({"Type":"Succeed","OutputPath":null})", "1"), "{}");
}

}  // namespace
}  // namespace stepwell::asl
