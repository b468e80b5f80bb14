// What an execution may hold and how long it may keep others waiting.

#include "harness.h"

namespace stepwell::engine {
namespace {

class LimitsTest : public EngineTest {
 protected:
  // The engine anew, with these limits.
  void limit(const std::function<void(Limits&)>& change) {
    change(limits_);
    restart();
  }
  // An Express execution that ends once all its slices have been run.
  Finished express(const std::string& definition, const std::string& input = "{}") {
    return start_sync(machine(definition, asl::MachineType::express), input);
  }
};

std::string list(int count) {
  std::string items;
  for (int i = 0; i < count; ++i) items += (i == 0 ? "[" : ",") + std::to_string(i);
  return items + "]";
}

constexpr auto one = R"({"StartAt":"P","States":{"P":{"Type":"Pass","Result":1,"End":true}}})";

// Maps in each other, each over the items of the execution.
std::string nested_maps(int depth, std::string inner = one) {
  for (int i = 0; i < depth; ++i) {
    inner = fmt::format(R"({{"StartAt":"M{0}","States":{{"M{0}":{{"Type":"Map","ItemsPath":"$$.Execution.Input",)"
                        R"("ItemProcessor":{1},"End":true}}}}}})",
                        i, inner);
  }
  return inner;
}

constexpr auto counting = R"json({"StartAt":"A","States":{
  "A":{"Type":"Pass","Parameters":{"n.$":"States.MathAdd($.n, 1)"},"Next":"C"},
  "C":{"Type":"Choice","Choices":[{"Variable":"$.n","NumericLessThan":50,"Next":"A"}],"Default":"Z"},
  "Z":{"Type":"Succeed"}}})json";

TEST_F(LimitsTest, AnExecutionThatEvaluatesMuchLetsOthersRun) {
  limit([](Limits& limits) { limits.steps_per_slice = 20; });
  const auto outcome = start(machine(counting), R"({"n":0})");
  EXPECT_EQ(status(outcome.id), Status::running);
  pass(Duration{1'000});
  EXPECT_EQ(describe(outcome.id).output, R"({"n":50})");
  EXPECT_EQ(describe(outcome.id).record.next_event, 1U + 1 + 50 * 4 + 2 + 1);
}

TEST_F(LimitsTest, AnExecutionThatWaitsForItsTurnOutlivesARestart) {
  limit([](Limits& limits) { limits.steps_per_slice = 1; });
  const auto outcome = start(machine(counting), R"({"n":0})");
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(status(outcome.id), Status::running);
    restart();
    pass(Duration{1});
  }
  pass(Duration{1'000});
  EXPECT_EQ(describe(outcome.id).output, R"({"n":50})");
}

TEST_F(LimitsTest, AnExecutionThatGrowsLetsOthersRun) {
  limit([](Limits& limits) { limits.bytes_per_slice = 0; });
  const auto outcome = start(machine(counting), R"({"n":0})");
  pass(Duration{1'000});
  EXPECT_EQ(describe(outcome.id).output, R"({"n":50})");
  EXPECT_EQ(express(counting, R"({"n":0})").output, R"({"n":50})");
}

TEST_F(LimitsTest, NestedMapsOpenOneChildAtATimeWhereMuchIsOpen) {
  limit([](Limits& limits) { limits.max_express_scopes = 10; });
  const Finished finished = express(nested_maps(3), list(5));
  EXPECT_EQ(finished.status, Status::succeeded);
  EXPECT_TRUE(finished.output.starts_with("[[[1,1,1,1,1],[1,")) << finished.output;
}

TEST_F(LimitsTest, AnExpressExecutionThatHoldsTooMuchFails) {
  limit([](Limits& limits) { limits.max_express_bytes = 1'000'000; });
  const std::string waiting = R"({"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":1,"End":true}}})";
  std::string items = "[";
  for (int i = 0; i < 40; ++i) items += fmt::format("{}\"{}\"", i == 0 ? "" : ",", std::string(1'000, 'x'));
  std::optional<Finished> finished;
  engine_->start_sync({.revision = machine(nested_maps(2, waiting), asl::MachineType::express),
                       .name = "e",
                       .input = items + "]",
                       .trace_header = {},
                       .unique_name = true},
                      [&](Result<Finished> result) { finished = std::move(*result); });
  pass(Duration{10'000});
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->error, "States.DataLimitExceeded");
  EXPECT_EQ(finished->cause, "The execution holds more than 1000000 bytes of state data.");
}

// What is begun is ended first: of all iterations only a few are open at a time.
TEST_F(LimitsTest, NestedMapsOfAnExpressExecutionHoldLittle) {
  limit([](Limits& limits) {
    limits.max_express_scopes = 200;
    limits.max_express_bytes = 2'000'000;
    limits.max_payload_bytes = 10'000'000;
  });
  const Finished finished = express(nested_maps(3), list(30));
  EXPECT_EQ(finished.status, Status::succeeded);
  EXPECT_EQ(finished.output.size(), 30U * (30 * 61 + 31) + 31);
}

constexpr auto large_iterations =
    R"json({"StartAt":"M","States":{"M":{"Type":"Map","ItemProcessor":{"StartAt":"P","States":{
  "P":{"Type":"Pass","Result":"0123456789","End":true}}},"ResultSelector":{"n.$":"States.ArrayLength($)"},
  "Catch":[{"ErrorEquals":["States.DataLimitExceeded"],"Next":"C"}],"End":true},"C":{"Type":"Pass","End":true}}})json";
constexpr auto too_large =
    R"({"Error":"States.DataLimitExceeded","Cause":"The state/task 'M' returned a result with a size exceeding the maximum number of bytes service limit."})";

TEST_F(LimitsTest, TheOutputsOfAllIterationsAreOneResult) {
  limit([](Limits& limits) { limits.max_payload_bytes = 250; });
  EXPECT_EQ(describe(start(machine(large_iterations), list(15)).id).output, R"({"n":15})");
  EXPECT_EQ(describe(start(machine(large_iterations), list(30), "f").id).output, too_large);
  EXPECT_EQ(express(large_iterations, list(15)).output, R"({"n":15})");
  EXPECT_EQ(express(large_iterations, list(30)).output, too_large);
}

TEST_F(LimitsTest, ParametersOfATask) {
  limit([](Limits& limits) { limits.max_payload_bytes = 50; });
  const auto outcome = start(machine(R"({"StartAt":"T","States":{"T":{"Type":"Task","End":true,
      "Resource":"arn:aws:lambda:us-east-1:123456789012:function:a",
      "Parameters":{"a":"0123456789012345678901234567890123456789012345"}}}})"));
  EXPECT_EQ(describe(outcome.id).record.error, "States.DataLimitExceeded");
  EXPECT_EQ(describe(outcome.id).record.cause,
            "The state/task 'T' provided parameters with a size exceeding the maximum number of bytes service limit.");
}

std::string assigns(int first, int count) {
  std::string states;
  for (int i = first; i < first + count; ++i) {
    states += fmt::format(R"("S{}":{{"Type":"Pass","Assign":{{"v{}":"0123456789"}},"Next":"S{}"}},)", i, i % 8, i + 1);
  }
  return states;
}

TEST_F(LimitsTest, VariablesOfAnExecutionTogether) {
  limit([](Limits& limits) { limits.max_variable_bytes = 110; });
  const auto machine_of = [](int count) {
    return fmt::format(R"({{"StartAt":"S0","States":{{{}"S{}":{{"Type":"Succeed"}}}}}})", assigns(0, count), count);
  };
  // The names are assigned again and again: what was there before is no more.
  EXPECT_EQ(status(start(machine(machine_of(40))).id), Status::succeeded);
  limit([](Limits& limits) { limits.max_variable_bytes = 70; });
  const auto outcome = start(machine(machine_of(40)), "{}", "f");
  EXPECT_EQ(describe(outcome.id).record.error, "States.DataLimitExceeded");
}

}  // namespace
}  // namespace stepwell::engine
