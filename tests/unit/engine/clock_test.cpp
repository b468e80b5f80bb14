// The wall clock goes back: histories do not, and nothing that waits goes on early.

#include "harness.h"

#include <algorithm>

namespace stepwell::engine {
namespace {

constexpr auto definition = R"({"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":10,"Next":"T"},
  "T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:a","End":true}}})";

std::vector<Timestamp> times(store::Store& store, ExecutionId id) {
  json::Arena arena;
  std::vector<Timestamp> times;
  const auto page = Queries(store).history(id, std::nullopt, Order::oldest_first, 100, arena);
  for (const Event& event : page->events) times.push_back(event.at);
  return times;
}

TEST_F(EngineTest, AHistoryDoesNotGoBackWithTheClock) {
  const auto outcome = start(machine(definition));
  pass(Duration{10'000});
  clock_.set(outcome.started - Duration{3'600'000});
  ASSERT_TRUE(complete(effects_.tasks.at(0).task, "1"));
  EXPECT_TRUE(std::ranges::is_sorted(times(store_, outcome.id)));
  EXPECT_GE(*describe(outcome.id).record.stopped, outcome.started + Duration{10'000});
}

TEST_F(EngineTest, NeitherDoesItAfterARestart) {
  const auto outcome = start(machine(definition));
  pass(Duration{10'000});
  restart();
  clock_.set(outcome.started - Duration{3'600'000});
  ASSERT_TRUE(complete(effects_.tasks.at(0).task, "1"));
  EXPECT_TRUE(std::ranges::is_sorted(times(store_, outcome.id)));
}

// Whoever redrives is told the date that the execution shows.
TEST_F(EngineTest, ARedriveIsToldWithTheTimeOfItsEvent) {
  const auto outcome = start(machine(definition));
  pass(Duration{10'000});
  engine_->shard(outcome.id).fail_task(effects_.tasks.at(0).task, "E", {}, [](const Result<void>&) {});
  scheduler_.run();
  ASSERT_EQ(status(outcome.id), Status::failed);
  clock_.set(outcome.started);
  std::optional<Timestamp> told;
  engine_->shard(outcome.id).redrive(outcome.id, "", [&](const Result<Timestamp>& date) { told = date.value(); });
  scheduler_.run();
  ASSERT_TRUE(told);
  EXPECT_EQ(told, describe(outcome.id).record.redriven);
}

}  // namespace
}  // namespace stepwell::engine
