#include "store/rocksdb/interval_sync.h"

#include <atomic>
#include <latch>

#include <gtest/gtest.h>

namespace stepwell::store {
namespace {

constexpr std::chrono::hours never(1);

TEST(IntervalSyncTest, SyncsWhatWasWritten) {
  std::latch synced(1);
  IntervalSync sync(std::chrono::milliseconds(1), [&] { synced.count_down(); });
  sync.written();
  synced.wait();
}

TEST(IntervalSyncTest, SyncsOnceForManyWritesOfAnInterval) {
  std::atomic<int> syncs = 0;
  {
    IntervalSync sync(never, [&] { ++syncs; });
    for (int write = 0; write < 100; ++write) sync.written();
    EXPECT_EQ(syncs, 0);
  }
  EXPECT_EQ(syncs, 1);  // at the end, without waiting for the interval
}

TEST(IntervalSyncTest, SyncsNothingWithoutAWrite) {
  std::atomic<int> syncs = 0;
  {
    const IntervalSync sync(std::chrono::milliseconds(0), [&] { ++syncs; });
  }
  EXPECT_EQ(syncs, 0);
}

TEST(IntervalSyncTest, AWriteDuringASyncIsSyncedAfterIt) {
  std::atomic<int> syncs = 0;
  std::latch twice(2);
  IntervalSync* self = nullptr;
  IntervalSync sync(std::chrono::milliseconds(1), [&] {
    if (++syncs == 1) self->written();
    if (syncs <= 2) twice.count_down();
  });
  self = &sync;
  sync.written();
  twice.wait();
}

}  // namespace
}  // namespace stepwell::store
