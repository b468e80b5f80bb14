#include "machine_fixture.h"

namespace stepwell::asl {
namespace {

class WaitTest : public MachineFixture {
 protected:
  // The time the state waits for, in milliseconds since the epoch; or the failure.
  std::string wake_up(std::string_view field, std::string_view input) {
    activation_.set_input(input);
    const auto step = state(fmt::format(R"({{"Type":"Wait",{},"Next":"T"}})", field)).enter(activation_);
    if (!step) return text_of(step.error());
    return fmt::format("{}", std::get<Sleep>(*step).until.time_since_epoch().count());
  }
};

// The clock of the activation stands at the epoch.
TEST_F(WaitTest, four_forms) {
  activation_.set_variable("v", "3");
  struct Case {
    std::string_view field, input, expected;
  };
  constexpr Case cases[] = {
      {R"("Seconds":0)", "{}", "0"},
      {R"("Seconds":5)", "{}", "5000"},
      {R"("Seconds":99999999)", "{}", "99999999000"},
      {R"("Timestamp":"1970-01-01T00:00:01.5Z")", "{}", "1500"},
      {R"("Timestamp":"1969-12-31T23:59:59Z")", "{}", "-1000"},
      {R"("SecondsPath":"$.s")", R"({"s":2})", "2000"},
      {R"("SecondsPath":"$.s")", R"({"s":"2"})", "2000"},
      {R"("SecondsPath":"$v")", "{}", "3000"},
      {R"("TimestampPath":"$.t")", R"({"t":"1970-01-01T00:00:10.000000Z"})", "10000"},
      {R"("TimestampPath":"$.t")", R"({"t":"1970-01-01T01:00:10+01:00"})", "10000"},
      {R"("SecondsPath":"$.s")", R"({"s":2147483647})", "2147483647000"},
      {R"("SecondsPath":"$.s")", R"({"s":2147483648})", "framed States.Runtime: Wait state delay is too long."},
      {R"("SecondsPath":"$.s")", R"({"s":9223372036854775807})",
       "framed States.Runtime: Wait state delay is too long."},
      {R"("TimestampPath":"$.t")", R"({"t":"2099-01-01T00:00:00Z"})",
       "framed States.Runtime: Wait state delay is too long."},
      {R"("Timestamp":"2099-01-01T00:00:00Z")", "{}", "framed States.Runtime: Wait state delay is too long."},
      {R"("SecondsPath":"$.s.x")", R"({"s":{}})",
       "framed States.Runtime: The SecondsPath parameter does not reference an input value: $.s.x"},
      {R"("SecondsPath":"$.s")", R"({"s":1.5})",
       "framed States.Runtime: The SecondsPath parameter cannot be parsed as a long value: $.s == 1.5"},
      {R"("SecondsPath":"$.s")", R"({"s":-1.5})",
       "framed States.Runtime: The SecondsPath parameter cannot be parsed as a long value: $.s == -1.5"},
      {R"("SecondsPath":"$.s")", R"({"s":"soon"})",
       "framed States.Runtime: The SecondsPath parameter cannot be parsed as a long value: $.s == soon"},
      {R"("SecondsPath":"$.s")", R"({"s":-1})",
       "framed States.Runtime: The SecondsPath parameter references a negative value: $.s == -1"},
      {R"("TimestampPath":"$.t")", "{}",
       "framed States.Runtime: The TimestampPath parameter does not reference an input value: $.t"},
      {R"("TimestampPath":"$.t")", R"({"t":"2016-13-05T21:29:29Z"})",
       "framed States.Runtime: The TimestampPath parameter does not reference a valid ISO-8601 extended offset "
       "date-time "
       "format string: $.t == 2016-13-05T21:29:29Z"},
      {R"("TimestampPath":"$.t")", R"({"t":5})",
       "framed States.Runtime: The TimestampPath parameter does not reference a valid ISO-8601 extended offset "
       "date-time "
       "format string: $.t == 5"},
  };
  for (const Case& c : cases) EXPECT_EQ(wake_up(c.field, c.input), c.expected) << c.field << c.input;
}

TEST_F(WaitTest, goes_on_with_its_input) {
  activation_.set_input(R"({"a":{"b":1}})");
  const State& wait =
      state(R"({"Type":"Wait","Seconds":1,"InputPath":"$.a","OutputPath":"$.b","Assign":{"x.$":"$.b"},"Next":"T"})");
  EXPECT_EQ(text_of_step(wait.resume(activation_, TimerElapsed{})), "T <- 1 x=1");
}

TEST_F(WaitTest, refuses_what_is_no_time) {
  for (const std::string_view field :
       {R"("Seconds":-1)", R"("Seconds":1.5)", R"("Seconds":"1")", R"("Timestamp":"tomorrow")", R"("SecondsPath":1)",
        R"("SecondsPath":"x")", R"("Comment":"")"}) {
    EXPECT_NE(compile_error(fmt::format(R"({{"Type":"Wait",{},"End":true}})", field)), "") << field;
  }
}

}  // namespace
}  // namespace stepwell::asl
