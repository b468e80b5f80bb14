// Timers: however many are due, however far away, whatever the store does in between.

#include "harness.h"

namespace stepwell::engine {
namespace {

std::string wait_until(Timestamp time) {
  return fmt::format(R"({{"StartAt":"W","States":{{"W":{{"Type":"Wait","Timestamp":"{}","End":true}}}}}})",
                     format_rfc3339(time));
}

TEST_F(EngineTest, TimersThatAreDueTogetherAllFireInTheirTime) {
  const Timestamp due = clock_.now() + std::chrono::hours(3);
  const auto revision = machine(wait_until(due));
  for (int i = 0; i < 1'000; ++i) start(revision, "{}", fmt::format("e{}", i));
  pass(std::chrono::hours(3) - Duration{1});
  EXPECT_EQ(effects_.ended.size(), 0U);
  pass(Duration{1});
  EXPECT_EQ(effects_.ended.size(), 1'000U);
  EXPECT_EQ(rows(store::Table::timer), 0U);
}

TEST_F(EngineTest, TimersFireInTheOrderOfTheirTimesAcrossTheHorizonAndARestart) {
  const Timestamp now = clock_.now();
  std::vector<StartOutcome> started;
  for (const int seconds : {4'000, 1, 29, 31, 60, 3'600, 3'599}) {
    started.push_back(
        start(machine(wait_until(now + std::chrono::seconds(seconds))), "{}", fmt::format("{}", seconds)));
  }
  pass(Duration{500});
  restart();
  for (const int seconds : {1, 29, 31, 60, 3'599, 3'600, 4'000}) {
    scheduler_.run_until(now + std::chrono::seconds(seconds) - Duration{1});
    const std::size_t ended = effects_.ended.size();
    scheduler_.run_until(now + std::chrono::seconds(seconds));
    EXPECT_EQ(effects_.ended.size(), ended + 1) << seconds;
  }
}

TEST(TimersTest, NothingIsLookedForBeforeTheFirstTimerComesNear) {
  store::MemoryStore store;
  Timers timers(store, 1);
  const Timestamp now{Duration{1'700'000'000'000}};
  ASSERT_TRUE(timers.look_ahead(now));
  EXPECT_EQ(timers.next(), std::nullopt);
  const TimerEntry far{.due = now + std::chrono::hours(1), .execution = {.shard = 1, .serial = 5}};
  store::Batch batch;
  batch.put(store::Table::timer, timer_key(far), {});
  store.commit(std::move(batch), [](const Result<void>&) {});
  timers.changed({.set = {far}, .dropped = {}});
  timers.committed({far});
  EXPECT_EQ(timers.next(), far.due);
  EXPECT_TRUE(timers.take_due(now, 10).empty());
  ASSERT_TRUE(timers.look_ahead(far.due));
  EXPECT_EQ(timers.take_due(far.due, 10), std::vector{far});
  EXPECT_EQ(timers.next(), std::nullopt);
}

TEST(TimersTest, ATimerThatBecomesDurableBehindALookIsNotMissed) {
  store::MemoryStore store;
  Timers timers(store, 1);
  const Timestamp now{Duration{1'700'000'000'000}};
  const TimerEntry late{.due = now + std::chrono::hours(1), .execution = {.shard = 1, .serial = 5}};
  timers.changed({.set = {late}, .dropped = {}});
  ASSERT_TRUE(timers.look_ahead(now));  // its batch is still on its way
  EXPECT_EQ(timers.next(), std::nullopt);
  timers.committed({late});
  EXPECT_EQ(timers.next(), late.due);
}

}  // namespace
}  // namespace stepwell::engine
