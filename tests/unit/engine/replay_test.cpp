// The log is the truth: replaying the events of an execution through `apply` gives the tables that the engine had.

#include "replay.h"

#include <algorithm>

namespace stepwell::engine {
namespace {

TEST_F(EngineTest, TablesRebuiltFromTheLogEqualTheStoredOnes) {
  const auto revision = machine(R"({"StartAt":"A","States":{"A":{"Type":"Pass","Assign":{"v":1},"Next":"P"},
    "P":{"Type":"Parallel","Branches":[
      {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:a",
        "TimeoutSeconds":100,"Retry":[{"ErrorEquals":["States.ALL"]}],"End":true}}},
      {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":50,"End":true}}},
      {"StartAt":"M","States":{"M":{"Type":"Map","ItemsPath":"$.items","MaxConcurrency":2,"ItemProcessor":{"StartAt":"X",
        "States":{"X":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:x","End":true}}},"End":true}}}],
    "End":true}}})");
  const auto outcome = start(revision, R"({"items":[1,2,3]})");
  ASSERT_EQ(effects_.tasks.size(), 3U);
  ASSERT_TRUE(fail_with(effects_.tasks[0].task, "E"));
  ASSERT_TRUE(complete(effects_.tasks[1].task, R"("one")"));

  expect_log_tells_all(store_, world_, outcome.id);
}

TEST_F(EngineTest, PagesOfHistoryFitTogetherInBothDirections) {
  const auto outcome = start(machine(R"({"StartAt":"M","States":{"M":{"Type":"Map","ItemProcessor":{"StartAt":"T",
      "States":{"T":{"Type":"Pass","End":true}}},"End":true}}})"),
                             "[1,2,3,4,5,6,7,8,9,10]");
  for (const Order order : {Order::oldest_first, Order::newest_first}) {
    json::Arena arena;
    std::vector<EventId> ids;
    std::optional<HistoryPosition> from;
    do {
      const auto page = Queries(store_).history(outcome.id, from, order, 7, arena);
      ASSERT_TRUE(page.has_value());
      for (const Event& event : page->events) ids.push_back(event.id);
      from = page->next;
    } while (from);
    if (order == Order::newest_first) std::reverse(ids.begin(), ids.end());
    ASSERT_EQ(ids.size(), 46U);
    for (std::size_t i = 0; i < ids.size(); ++i) EXPECT_EQ(ids[i], i + 1);
  }
}

}  // namespace
}  // namespace stepwell::engine
