#include "lang/asl/error_handling.h"

#include "machine_fixture.h"

namespace stepwell::asl {
namespace {

Failure failure(std::optional<std::string> error, std::optional<std::string> cause = "why") {
  return {.error = std::move(error), .cause = std::move(cause), .framed = false, .location = {}};
}

class ErrorHandlingTest : public MachineFixture {
 protected:
  const State& task(std::string_view fields) {
    return state(fmt::format(R"({{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","End":true,{}}})", fields));
  }
  // "retry <index> after <ms>", "propagate", or the exit.
  std::string recover(const State& state, const Failure& failure, std::vector<std::uint32_t> retries = {}) {
    const auto recovery = state.recover(activation_, failure, retries);
    if (!recovery) return text_of(recovery.error());
    if (const auto* later = std::get_if<RetryLater>(&*recovery)) {
      return fmt::format("retry {} after {}", later->retrier, later->delay.count());
    }
    if (std::holds_alternative<Propagate>(*recovery)) return "propagate";
    return text_of_step(std::get<Exit>(*recovery));
  }
};

TEST_F(ErrorHandlingTest, names_that_take_an_error) {
  struct Case {
    std::string_view name, error;
    bool taken;
  };
  constexpr Case cases[] = {
      {"Custom", "Custom", true},
      {"Custom", "custom", false},
      {"States.ALL", "Custom", true},
      {"States.ALL", "States.Timeout", true},
      {"States.ALL", "States.DataLimitExceeded", true},
      {"States.ALL", "States.Runtime", false},
      {"States.Runtime", "States.Runtime", false},
      {"States.TaskFailed", "States.Runtime", false},
      {"States.TaskFailed", "Lambda.Unknown", true},
      {"States.TaskFailed", "States.TaskFailed", true},
      {"States.TaskFailed", "States.Timeout", false},
      {"States.TaskFailed", "States.HeartbeatTimeout", false},
      {"States.Timeout", "States.Timeout", true},
      {"States.Timeout", "States.HeartbeatTimeout", true},
      {"States.HeartbeatTimeout", "States.HeartbeatTimeout", true},
      {"States.HeartbeatTimeout", "States.Timeout", false},
      {"States.BranchFailed", "Custom", false},
      {"States.ResultPathMatchFailure", "States.ReferencePathConflict", true},
  };
  for (const Case& c : cases) {
    const State& state = task(fmt::format(R"("Catch":[{{"ErrorEquals":["Other","{}"],"Next":"T"}}])", c.name));
    const bool taken = recover(state, failure(std::string(c.error))) != "propagate";
    EXPECT_EQ(taken, c.taken) << c.name << " " << c.error;
  }
}

TEST_F(ErrorHandlingTest, an_error_without_a_name_is_taken_by_wildcards) {
  EXPECT_EQ(recover(task(R"("Catch":[{"ErrorEquals":["Custom"],"Next":"T"}])"), failure(std::nullopt)), "propagate");
  EXPECT_EQ(recover(task(R"("Catch":[{"ErrorEquals":["States.ALL"],"Next":"T"}])"), failure(std::nullopt)),
            R"(T <- {"Error":null,"Cause":"why"})");
}

TEST_F(ErrorHandlingTest, branch_failed_takes_what_a_branch_of_a_parallel_throws) {
  constexpr std::string_view definition = R"({"Type":"Parallel","End":true,
      "Branches":[{"StartAt":"B","States":{"B":{"Type":"Succeed"}}}],
      "Catch":[{"ErrorEquals":["States.BranchFailed"],"Next":"T"}]})";
  EXPECT_EQ(recover(state(definition), failure("Custom")), R"(T <- {"Error":"Custom","Cause":"why"})");
  EXPECT_EQ(recover(state(definition), failure("States.Runtime")), "propagate");
}

TEST_F(ErrorHandlingTest, retries_with_growing_delays) {
  const State& defaults = task(R"("Retry":[{"ErrorEquals":["States.ALL"]}])");
  EXPECT_EQ(defaults.retriers(), 1U);
  EXPECT_EQ(recover(defaults, failure("E"), {0}), "retry 0 after 1000");
  EXPECT_EQ(recover(defaults, failure("E"), {1}), "retry 0 after 2000");
  EXPECT_EQ(recover(defaults, failure("E"), {2}), "retry 0 after 4000");
  EXPECT_EQ(recover(defaults, failure("E"), {3}), "propagate");

  const State& capped = task(
      R"("Retry":[{"ErrorEquals":["E"],"IntervalSeconds":3,"BackoffRate":1.5,"MaxDelaySeconds":5,"MaxAttempts":99}])");
  EXPECT_EQ(recover(capped, failure("E"), {0}), "retry 0 after 3000");
  EXPECT_EQ(recover(capped, failure("E"), {1}), "retry 0 after 4500");
  EXPECT_EQ(recover(capped, failure("E"), {2}), "retry 0 after 5000");
  EXPECT_EQ(recover(capped, failure("E"), {98}), "retry 0 after 5000");

  // However long a policy wants to wait, the delay fits a timer.
  const State& endless = task(R"("Retry":[{"ErrorEquals":["E"],"BackoffRate":10,"MaxAttempts":99999998}])");
  EXPECT_EQ(recover(endless, failure("E"), {9'000'000}), "retry 0 after 2147483647000");
  const State& at_once =
      task(R"("Retry":[{"ErrorEquals":["E"],"IntervalSeconds":0,"BackoffRate":10,"MaxAttempts":9999}])");
  EXPECT_EQ(recover(at_once, failure("E"), {5'000}), "retry 0 after 0");
}

TEST_F(ErrorHandlingTest, the_first_retrier_that_takes_an_error_decides) {
  const State& state = task(R"("Retry":[{"ErrorEquals":["A"],"MaxAttempts":1,"IntervalSeconds":7},
      {"ErrorEquals":["B","A"],"MaxAttempts":2},{"ErrorEquals":["C"],"MaxAttempts":0}],
      "Catch":[{"ErrorEquals":["A"],"Next":"T"},{"ErrorEquals":["States.ALL"],"Next":"U"}])");
  EXPECT_EQ(state.retriers(), 3U);
  EXPECT_EQ(recover(state, failure("A"), {0, 0, 0}), "retry 0 after 7000");
  EXPECT_EQ(recover(state, failure("B"), {0, 1, 0}), "retry 1 after 2000");
  EXPECT_EQ(recover(state, failure("A"), {1, 0, 0}), R"(T <- {"Error":"A","Cause":"why"})");
  EXPECT_EQ(recover(state, failure("C"), {0, 0, 0}), R"(U <- {"Error":"C","Cause":"why"})");
}

TEST_F(ErrorHandlingTest, full_jitter_stays_below_the_delay) {
  RetryPolicy policy{.interval_seconds = 8, .max_delay_seconds = 10, .full_jitter = true};
  SeededRandom random(7);
  Duration longest{};
  Duration shortest = std::chrono::hours(1);
  for (int i = 0; i < 1000; ++i) {
    const Duration delay = policy.delay(3, random);
    longest = std::max(longest, delay);
    shortest = std::min(shortest, delay);
  }
  EXPECT_LT(longest, std::chrono::seconds(10));
  EXPECT_GT(longest, std::chrono::seconds(9));
  EXPECT_LT(shortest, std::chrono::seconds(1));
  EXPECT_GE(shortest, Duration::zero());
}

TEST_F(ErrorHandlingTest, catchers_place_the_error_output) {
  activation_.set_input(R"({"a":1})");
  const auto caught = [&](std::string_view fields, const Failure& thrown) {
    return recover(task(fmt::format(R"("InputPath":"$.a","OutputPath":"$.a","ResultSelector":{{"x":1}},
        "Catch":[{{"ErrorEquals":["States.ALL"],"Next":"T"{}}}])",
                                    fields)),
                   thrown);
  };
  EXPECT_EQ(caught("", failure("E")), R"(T <- {"Error":"E","Cause":"why"})");
  EXPECT_EQ(caught("", failure(std::nullopt, std::nullopt)), R"(T <- {"Error":null,"Cause":null})");
  EXPECT_EQ(caught("", failure("States.Timeout", std::nullopt)), R"(T <- {"Error":"States.Timeout","Cause":""})");
  EXPECT_EQ(caught("", failure("States.HeartbeatTimeout", std::nullopt)),
            R"(T <- {"Error":"States.Timeout","Cause":""})");
  EXPECT_EQ(caught(R"(,"ResultPath":"$.e")", failure("E")), R"(T <- {"a":1,"e":{"Error":"E","Cause":"why"}})");
  EXPECT_EQ(caught(R"(,"ResultPath":null)", failure("E")), R"(T <- {"a":1})");
  EXPECT_EQ(caught(R"(,"Assign":{"e.$":"$.Error"})", failure("E")), R"(T <- {"Error":"E","Cause":"why"} e="E")");
  EXPECT_EQ(caught(R"(,"ResultPath":"$.a.b")", failure("E")),
            R"(States.ReferencePathConflict: Unable to apply step "b" to input {"a":1})");
}

TEST_F(ErrorHandlingTest, nothing_to_recover_with) {
  EXPECT_EQ(recover(task(R"("Retry":[],"Catch":[])"), failure("E")), "propagate");
  EXPECT_EQ(recover(state(R"({"Type":"Pass","End":true})"), failure("E")), "propagate");
}

}  // namespace
}  // namespace stepwell::asl
