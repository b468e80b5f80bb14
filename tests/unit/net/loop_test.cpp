#include "net/loop.h"

#include "loop_thread.h"

#include <csignal>

#include <gtest/gtest.h>

namespace stepwell::net {
namespace {

using SteadyClock = std::chrono::steady_clock;

TEST(Loop, CallsBackAfterTheDelayInOrder) {
  Loop loop;
  std::string order;
  const auto begin = SteadyClock::now();
  const auto second = loop.after(Duration(20), [&] {
    order += '2';
    EXPECT_GE(SteadyClock::now() - begin, Duration(20));
    loop.stop();
  });
  const auto first = loop.after(Duration(10), [&] {
    order += '1';
    EXPECT_GE(SteadyClock::now() - begin, Duration(10));
  });
  const auto zeroth = loop.after(Duration(0), [&] { order += '0'; });
  loop.run();
  EXPECT_EQ(order, "012");
}

TEST(Loop, ADestroyedTimerIsSilent) {
  Loop loop;
  auto cancelled = loop.after(Duration(5), [] { FAIL(); });
  const auto cancels = loop.after(Duration(1), [&] { cancelled.reset(); });
  const auto end = loop.after(Duration(10), [&] { loop.stop(); });
  loop.run();
}

TEST(Loop, ATimerMayDestroyItself) {
  Loop loop;
  std::unique_ptr<Timer> timer;
  timer = loop.after(Duration(1), [&, text = std::string(100, 'x')] {
    timer.reset();
    EXPECT_EQ(text.size(), 100U);
    loop.stop();
  });
  loop.run();
}

TEST(Loop, TimersMayOutliveIt) {
  std::unique_ptr<Timer> timer;
  {
    Loop loop;
    timer = loop.after(Duration(1000), [] {});
  }
}

TEST(Loop, ManyTimers) {
  Loop loop;
  constexpr std::size_t kCount = 100'000;
  std::size_t called = 0;
  std::vector<std::unique_ptr<Timer>> timers;
  for (std::size_t i = 0; i < kCount; ++i) {
    timers.push_back(loop.after(Duration(i % 50), [&] {
      if (++called == kCount / 2) loop.stop();
    }));
  }
  for (std::size_t i = 0; i < kCount; i += 2) timers[i].reset();
  loop.run();
  EXPECT_EQ(called, kCount / 2);
}

TEST(Loop, RunsWhatOtherThreadsPostInOrder) {
  Loop loop;
  constexpr int kThreads = 4;
  constexpr int kEach = 10'000;
  std::vector<int> last(kThreads, -1);
  int count = 0;
  std::vector<std::thread> threads;
  for (std::size_t thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < kEach; ++i) {
        loop.post([&, thread, i] {
          EXPECT_EQ(last[thread], i - 1);
          last[thread] = i;
          if (++count == kThreads * kEach) loop.stop();
        });
      }
    });
  }
  loop.run();
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(count, kThreads * kEach);
}

TEST(Loop, AnActionMayPost) {
  Loop loop;
  loop.post([&] { loop.post([&] { loop.stop(); }); });
  loop.run();
}

TEST(Loop, WhatIsNotRunIsDestroyed) {
  const auto token = std::make_shared<int>();
  {
    Loop loop;
    loop.post([token] {});
  }
  EXPECT_EQ(token.use_count(), 1);
}

TEST(Loop, SeesSignalsEachTime) {
  Loop loop;
  std::vector<int> seen;
  loop.on_signal([&](int signal) {
    seen.push_back(signal);
    if (seen.size() == 3) return loop.stop();
    std::raise(SIGINT);
  });
  std::raise(SIGTERM);
  loop.run();
  EXPECT_EQ(seen, (std::vector{SIGTERM, SIGINT, SIGINT}));
}

}  // namespace
}  // namespace stepwell::net
