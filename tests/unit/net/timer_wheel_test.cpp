#include "net/timer_wheel.h"

#include <random>
#include <set>

#include <gtest/gtest.h>

namespace stepwell::net {
namespace {

using Tick = TimerWheel::Tick;

struct Probe final : TimerWheel::Entry {
  std::function<void()> action;
  explicit Probe(std::function<void()> on_expire) : action(std::move(on_expire)) {}
  void expire() override { action(); }
};

TEST(TimerWheel, ExpiresAtTheTickAndNotBefore) {
  for (const Tick due :
       {Tick{0}, Tick{1}, Tick{63}, Tick{64}, Tick{65}, Tick{4095}, Tick{4096}, Tick{1} << 30, (Tick{1} << 41) + 17}) {
    TimerWheel wheel;
    int calls = 0;
    Probe probe([&] { ++calls; });
    wheel.set(probe, due);
    if (due > 0) wheel.turn(due - 1);
    EXPECT_EQ(calls, 0) << due;
    ASSERT_EQ(wheel.next(), due);
    wheel.turn(due);
    EXPECT_EQ(calls, 1) << due;
    EXPECT_FALSE(probe.is_set());
    EXPECT_EQ(wheel.next(), std::nullopt);
  }
}

TEST(TimerWheel, ThePastIsTheNextTurn) {
  TimerWheel wheel;
  wheel.turn(1000);
  int calls = 0;
  Probe probe([&] { ++calls; });
  wheel.set(probe, 5);
  EXPECT_EQ(wheel.next(), Tick{1000});
  wheel.turn(1000);
  EXPECT_EQ(calls, 1);
}

TEST(TimerWheel, BeyondTheHorizonIsTheHorizon) {
  TimerWheel wheel;
  Probe probe([] {});
  wheel.set(probe, ~Tick{0});
  EXPECT_TRUE(wheel.next().has_value());
}

TEST(TimerWheel, AnEntryMayDoAnythingWhenItExpires) {
  TimerWheel wheel;
  std::string order;
  std::unique_ptr<Probe> self;
  Probe again([&] {
    order += 'a';
    if (order.size() < 4) wheel.set(again, 3);  // the past: waits for the next turn
  });
  Probe cancelled([&] { order += 'x'; });
  Probe cancels([&] {
    order += 'c';
    cancelled.cancel();
  });
  self = std::make_unique<Probe>([&] {
    order += 's';
    self.reset();
  });
  wheel.set(again, 10);
  wheel.set(cancels, 11);
  wheel.set(cancelled, 11);
  wheel.set(*self, 12);
  wheel.turn(100);
  EXPECT_EQ(order, "acs");
  wheel.turn(100);
  EXPECT_EQ(order, "acsa");
}

TEST(TimerWheel, EntriesOutliveIt) {
  Probe probe([] {});
  {
    TimerWheel wheel;
    wheel.set(probe, 10);
  }
  EXPECT_FALSE(probe.is_set());
}

// Against a sorted set: random timers set, moved and cancelled, time moving in steps and in leaps.
TEST(TimerWheel, AgreesWithASortedSet) {
  std::mt19937_64 random(7);
  TimerWheel wheel;
  std::multiset<std::pair<Tick, std::size_t>> model;
  std::vector<Tick> due(300);
  std::vector<std::size_t> expired;
  std::vector<std::unique_ptr<Probe>> probes;
  for (std::size_t i = 0; i < due.size(); ++i)
    probes.push_back(std::make_unique<Probe>([&expired, i] { expired.push_back(i); }));
  Tick now = 0;
  for (int step = 0; step < 20'000; ++step) {
    const auto i = random() % probes.size();
    if (const auto found = model.find({due[i], i}); found != model.end()) model.erase(found);
    if (random() % 4 == 0) {
      probes[i]->cancel();
    } else {
      due[i] = now + (random() >> (random() % 40 + 22)) % (Tick{1} << 36);
      wheel.set(*probes[i], due[i]);
      model.emplace(due[i], i);
    }
    if (!model.empty()) ASSERT_LE(wheel.next().value(), model.begin()->first);
    if (random() % 3 != 0) continue;
    now += random() % 8 == 0 && !model.empty() ? model.begin()->first - now : random() % 100;
    expired.clear();
    wheel.turn(now);
    Tick last = 0;
    for (const auto index : expired) {
      ASSERT_LE(due[index], now);
      ASSERT_LE(last, due[index]);
      last = due[index];
      ASSERT_EQ(model.erase({due[index], index}), 1U);
    }
    ASSERT_TRUE(model.empty() || model.begin()->first > now);
  }
}

}  // namespace
}  // namespace stepwell::net
