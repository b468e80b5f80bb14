// A loop leads back to a Map: what an earlier visit left is not taken for the outputs of the present one, in memory or
// in the store.

#include "harness.h"

namespace stepwell::engine {
namespace {

constexpr auto loop =
    R"({"QueryLanguage":"JSONata","StartAt":"I","States":{"I":{"Type":"Pass","Assign":{"n":0},"Next":"M"},
  "M":{"Type":"Map","Items":"{% [$states.input.batches[$n].items] %}","ToleratedFailurePercentage":100,
    "ItemProcessor":{"StartAt":"C","States":{
      "C":{"Type":"Choice","Choices":[{"Condition":"{% $states.input = 0 %}","Next":"O"}],"Default":"T"},
      "O":{"Type":"Pass","Output":"passed","End":true},
      "T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:a","End":true}}},
    "Assign":{"n":"{% $n + 1 %}","last":"{% $states.result %}"},"Output":"{% $states.input %}","Next":"L"},
  "L":{"Type":"Choice","Choices":[{"Condition":"{% $n < $count($states.input.batches) %}","Next":"M"}],"Default":"E"},
  "E":{"Type":"Pass","Output":"{% $last %}","End":true}}})";

TEST_F(EngineTest, OutputsOfAnEarlierVisitInTheSameCommitAreForgotten) {
  // The first visit needs nobody and has more items than the second.
  const auto outcome = start(machine(loop), R"({"batches":[{"items":[0,0,0]},{"items":[1,0]}]})");
  EXPECT_EQ(rows(store::Table::child_output), 1U);
  restart();
  ASSERT_TRUE(fail_with(effects_.tasks.at(0).task, "E"));
  EXPECT_EQ(describe(outcome.id).output, R"([null,"passed"])");
}

TEST_F(EngineTest, OutputsOfAnEarlierVisitInTheStoreAreForgotten) {
  const auto outcome = start(machine(loop), R"({"batches":[{"items":[1,0,0,0]},{"items":[1]}]})");
  EXPECT_EQ(rows(store::Table::child_output), 3U);
  ASSERT_TRUE(complete(effects_.tasks.at(0).task, R"("answered")"));
  EXPECT_EQ(rows(store::Table::child_output), 0U);
  restart();
  ASSERT_TRUE(fail_with(effects_.tasks.back().task, "E"));
  EXPECT_EQ(describe(outcome.id).output, "[null]");
}

}  // namespace
}  // namespace stepwell::engine
