// The log is the truth: replaying the events of an execution through `apply` gives the tables that the engine had.

#include "engine/apply.h"
#include "harness.h"

#include <algorithm>

namespace stepwell::engine {
namespace {

std::vector<Event> stored_events(store::Store& store, ExecutionId id, json::Arena& arena,
                                 const StoredPayloads& payloads) {
  std::vector<Event> events;
  const auto cursor = store.scan(store::Table::event, event_key(id, 0), store::prefix_end(execution_key(id)),
                                 store::Direction::forward);
  for (; cursor->valid(); cursor->next()) {
    for (const Event& event : decode_events(cursor->value(), arena, payloads, id)) events.push_back(event);
  }
  return events;
}

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

  const StoredPayloads payloads(store_);
  const auto live = load(store_, payloads, world_, outcome.id);
  Execution rebuilt;
  rebuilt.id = outcome.id;
  rebuilt.name = live->name;
  rebuilt.revision = revision;
  for (const Event& event : stored_events(store_, outcome.id, rebuilt.arena, payloads)) apply(rebuilt, event);

  EXPECT_EQ(encode(rebuilt), encode(*live));
  ASSERT_EQ(rebuilt.scopes.size(), live->scopes.size());
  for (const auto& [id, scope] : live->scopes) {
    ASSERT_NE(rebuilt.find(id), nullptr);
    EXPECT_EQ(encode(*rebuilt.find(id), rebuilt.arena), encode(*scope, live->arena)) << "scope " << id;
  }
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
