// What was acknowledged before a kill -9 is there after it.

#include "scenarios.h"
#include "store/rocksdb/rocksdb_store.h"
#include "store_contract.h"
#include "temporary_directory.h"

#include <csignal>
#include <set>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace stepwell::store {
namespace {

class Writer {
 public:
  explicit Writer(const std::string& directory) {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe(ends.data()), 0);
    read_end_ = ends[0];
    process_ = start_scenario("commit_until_killed", directory, ends[1]);
    ::close(ends[1]);
  }
  ~Writer() { ::close(read_end_); }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  // Reads acknowledgements until there are `count`, kills, then reads what was said before the end.
  void acknowledge_and_kill(std::size_t count, std::set<std::uint32_t>& acknowledged) {
    std::uint32_t number = 0;
    for (std::size_t seen = 0; seen < count; ++seen) {
      ASSERT_EQ(::read(read_end_, &number, sizeof number), static_cast<ssize_t>(sizeof number));
      acknowledged.insert(number);
    }
    ASSERT_EQ(::kill(process_, SIGKILL), 0);
    int status = 0;
    ASSERT_EQ(::waitpid(process_, &status, 0), process_);
    ASSERT_TRUE(WIFSIGNALED(status));
    while (::read(read_end_, &number, sizeof number) == sizeof number) acknowledged.insert(number);
  }

 private:
  pid_t process_ = -1;
  int read_end_ = -1;
};

void expect_whole(Store& store, const std::set<std::uint32_t>& acknowledged) {
  const Pairs executions = scan_all(store, Table::execution);
  const Pairs events = scan_all(store, Table::event);
  const Pairs timers = scan_all(store, Table::timer);
  std::set<std::uint32_t> found;
  for (const auto& [key, value] : executions) found.insert(KeyReader(key).u32());
  EXPECT_TRUE(std::ranges::includes(found, acknowledged));
  // In the order of the commits, without a hole, and every batch whole.
  EXPECT_EQ(*found.rbegin() + 1, found.size());
  ASSERT_EQ(events.size(), executions.size());
  for (const auto& [key, value] : events) EXPECT_EQ(value.size(), 200 + KeyReader(key).u32() % 1000);
  ASSERT_EQ(timers.size(), 1U);
  EXPECT_EQ(KeyReader(timers[0].first).u32(), *found.rbegin());
}

TEST(CrashTest, WhatWasAcknowledgedSurvivesAKill) {
  const TemporaryDirectory directory;
  std::set<std::uint32_t> acknowledged;
  for (const std::size_t commits : {1U, 100U, 3000U, 500U}) {
    Writer(directory.path()).acknowledge_and_kill(commits, acknowledged);
    const auto store = RocksDbStore::open(directory.path());
    ASSERT_TRUE(store) << store.error().message;
    expect_whole(**store, acknowledged);
  }
  EXPECT_GE(acknowledged.size(), 3601U);
}

}  // namespace
}  // namespace stepwell::store
