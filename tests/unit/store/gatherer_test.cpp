#include "store/gatherer.h"

#include <atomic>
#include <condition_variable>
#include <latch>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stepwell::store {
namespace {

using testing::Each;
using testing::ElementsAre;

// A device that writes when it is let: the sizes of the groups it got are seen afterwards.
class Device {
 public:
  Gatherer::Write write() {
    return [this](std::span<const Batch> group) -> Result<void> {
      std::unique_lock lock(mutex_);
      ++begun_;
      changed_.notify_all();
      changed_.wait(lock, [this] { return open_; });
      groups.push_back(group.size());
      return result;
    };
  }

  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }

  void wait_until_writing() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return begun_ > 0; });
  }

  std::vector<std::size_t> groups;
  Result<void> result;

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int begun_ = 0;
  bool open_ = false;
};

Batch batch_of(std::size_t bytes) {
  Batch batch;
  batch.put(Table::event, "", std::string(bytes, 'x'));
  return batch;
}

TEST(GathererTest, WhatArrivesDuringAWriteIsWrittenTogether) {
  Device device;
  std::vector<int> order;
  {
    Gatherer gatherer({}, device.write());
    gatherer.commit(batch_of(1), [&](const Result<void>&) { order.push_back(0); });
    device.wait_until_writing();
    for (int number = 1; number <= 5; ++number) {
      gatherer.commit(batch_of(1), [&order, number](const Result<void>&) { order.push_back(number); });
    }
    device.open();
  }
  EXPECT_THAT(device.groups, ElementsAre(1, 5));
  EXPECT_THAT(order, ElementsAre(0, 1, 2, 3, 4, 5));
}

TEST(GathererTest, GroupsAreBoundedInCountAndBytes) {
  Device device;
  {
    Gatherer gatherer({.group_batches = 3, .group_bytes = 1000}, device.write());
    gatherer.commit(batch_of(1), [](const Result<void>&) {});
    device.wait_until_writing();
    for (const std::size_t bytes : {1U, 1U, 1U, 400U, 400U, 400U, 5000U, 1U}) {
      gatherer.commit(batch_of(bytes), [](const Result<void>&) {});
    }
    device.open();
  }
  EXPECT_THAT(device.groups, ElementsAre(1, 3, 2, 1, 1, 1));
}

TEST(GathererTest, AFailureIsToldToEveryBatchOfTheGroup) {
  Device device;
  device.result = fail(Error{.fault = Fault::server, .code = "StorageFull", .message = {}, .detail = {}});
  std::vector<std::string> codes;
  {
    Gatherer gatherer({}, device.write());
    for (int number = 0; number < 4; ++number) {
      gatherer.commit(batch_of(1), [&](const Result<void>& result) { codes.push_back(result.error().code); });
    }
    device.open();
  }
  EXPECT_EQ(codes.size(), 4U);
  EXPECT_THAT(codes, Each("StorageFull"));
}

TEST(GathererTest, ACompletionMayCommitEvenWhenTheQueueIsFull) {
  Device device;
  device.open();
  std::atomic<int> done = 0;
  {
    Gatherer gatherer({.waiting_bytes = 1}, device.write());
    std::latch second(1);
    gatherer.commit(batch_of(10), [&](const Result<void>&) {
      ++done;
      gatherer.commit(batch_of(10), [&](const Result<void>&) { ++done; });
      gatherer.commit(batch_of(10), [&](const Result<void>&) {
        ++done;
        second.count_down();
      });
    });
    second.wait();
  }
  EXPECT_EQ(done, 3);
}

TEST(GathererTest, ACommitWaitsWhileTooMuchWaits) {
  Device device;
  std::atomic<int> done = 0;
  std::atomic<bool> accepted = false;
  const auto count = [&](const Result<void>&) { ++done; };
  {
    Gatherer gatherer({.waiting_bytes = 1000}, device.write());
    gatherer.commit(batch_of(1), count);
    device.wait_until_writing();
    gatherer.commit(batch_of(2000), count);  // fills the queue
    std::thread committer([&] {
      gatherer.commit(batch_of(1), count);
      accepted = true;
    });
    EXPECT_FALSE(accepted);  // the device is held, so there can be no room
    device.open();
    committer.join();
    EXPECT_TRUE(accepted);
  }
  EXPECT_EQ(done, 3);
}

TEST(GathererTest, KeepsTheOrderOfEachCommitter) {
  constexpr int threads = 8;
  constexpr int commits = 2000;
  std::array<std::vector<int>, threads> seen;
  Device device;
  device.open();
  {
    Gatherer gatherer({.group_batches = 7}, device.write());
    std::vector<std::thread> committers;
    for (std::vector<int>& mine : seen) {
      committers.emplace_back([&gatherer, &mine] {
        for (int number = 0; number < commits; ++number) {
          gatherer.commit(batch_of(1), [&mine, number](const Result<void>&) { mine.push_back(number); });
        }
      });
    }
    for (std::thread& committer : committers) committer.join();
  }
  for (const std::vector<int>& mine : seen) {
    EXPECT_EQ(mine.size(), static_cast<std::size_t>(commits));
    EXPECT_TRUE(std::ranges::is_sorted(mine));
  }
}

}  // namespace
}  // namespace stepwell::store
