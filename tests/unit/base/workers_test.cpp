// Threads for jobs.

#include "base/workers.h"

#include <algorithm>
#include <atomic>
#include <latch>
#include <thread>

#include <gtest/gtest.h>

namespace stepwell {
namespace {

// The loop: runs what is posted when it is told to.
class Posted final : public Scheduler {
 public:
  std::unique_ptr<Timer> after(Duration, std::move_only_function<void()>) override { return nullptr; }
  void post(std::move_only_function<void()> action) override {
    const std::lock_guard lock(mutex_);
    actions_.push_back(std::move(action));
    posted_.notify_one();
  }
  void run_next() {
    std::unique_lock lock(mutex_);
    posted_.wait(lock, [this] { return !actions_.empty(); });
    auto action = std::move(actions_.front());
    actions_.pop_front();
    lock.unlock();
    action();
  }

 private:
  std::mutex mutex_;
  std::condition_variable posted_;
  std::deque<std::move_only_function<void()>> actions_;
};

TEST(Workers, AnswersOnTheLoop) {
  Posted loop;
  Workers workers(loop, 2);
  std::thread::id worked_on, answered_on;
  const auto use = [&]() -> Task<void> {
    const int answer = co_await workers.run([&] {
      worked_on = std::this_thread::get_id();
      return 42;
    });
    EXPECT_EQ(answer, 42);
    answered_on = std::this_thread::get_id();
  };
  start(use(), [](const std::exception_ptr& failure) { EXPECT_FALSE(failure); });
  EXPECT_EQ(answered_on, std::thread::id());
  loop.run_next();
  EXPECT_EQ(answered_on, std::this_thread::get_id());
  EXPECT_NE(worked_on, std::this_thread::get_id());
}

TEST(Workers, WorkOnAsManyJobsAsThereAreThreads) {
  Posted loop;
  Workers workers(loop, 3);
  std::latch together(3);
  for (int job = 0; job < 3; ++job) {
    workers.run([&] {
      together.arrive_and_wait();  // comes to an end only when all three are under way
      return 0;
    });
  }
  for (int job = 0; job < 3; ++job) loop.run_next();
}

TEST(Workers, OneThreadKeepsTheOrder) {
  Posted loop;
  Workers workers(loop, 1);
  std::vector<int> order;
  for (int job = 0; job < 50; ++job) {
    workers.run([&order, job] {
      order.push_back(job);
      return 0;
    });
  }
  for (int job = 0; job < 50; ++job) loop.run_next();
  ASSERT_EQ(order.size(), 50U);
  EXPECT_TRUE(std::ranges::is_sorted(order));
}

TEST(Workers, EndAfterTheJobUnderWay) {
  Posted loop;
  std::atomic<int> begun = 0, ended = 0;
  std::latch under_way(1);
  std::shared_ptr<WorkQueue> queue;
  {
    Workers workers(loop, 1);
    queue = workers.queue();
    queue->add([&] {
      ++begun;
      under_way.count_down();
      ++ended;
    });
    under_way.wait();
  }
  EXPECT_EQ(ended, 1);
  queue->add([&] { ++begun; });  // dropped
  EXPECT_EQ(begun, 1);
}

}  // namespace
}  // namespace stepwell
