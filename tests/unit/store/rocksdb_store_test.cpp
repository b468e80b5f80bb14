#include "store/rocksdb/rocksdb_store.h"

#include "store/errors.h"
#include "store/format.h"
#include "store_contract.h"
#include "temporary_directory.h"

#include <fstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace stepwell::store {
namespace {

std::unique_ptr<RocksDbStore> open_store(const std::string& directory, RocksDbOptions options = {}) {
  Result<std::unique_ptr<RocksDbStore>> store = RocksDbStore::open(directory, options);
  EXPECT_TRUE(store.has_value()) << store.error().message;
  return store ? std::move(*store) : nullptr;
}

class RocksDbDriver {
 public:
  Store& store() { return *store_; }

 protected:
  explicit RocksDbDriver(RocksDbOptions options) : store_(open_store(directory_.path() + "/data", options)) {
    // The contract begins with an empty store.
    Batch batch;
    batch.erase(Table::meta, format_key);
    EXPECT_TRUE(commit_and_wait(*store_, std::move(batch)));
  }

 private:
  TemporaryDirectory directory_;
  std::unique_ptr<RocksDbStore> store_;
};

struct AlwaysSynced : RocksDbDriver {
  AlwaysSynced() : RocksDbDriver({}) {}
};

// Buffers so small that files are written and compacted all the time, and groups of a few batches.
const RocksDbOptions tiny{.block_cache_bytes = 64U << 10U,
                          .write_buffer_bytes = 64U << 10U,
                          .log_bytes = 128U << 10U,
                          .gatherer = {.group_batches = 3}};

struct Tiny : RocksDbDriver {
  Tiny() : RocksDbDriver(tiny) {}
};

// The log is synced while it is written and while one follows another.
struct SyncedInIntervals : RocksDbDriver {
  SyncedInIntervals() : RocksDbDriver(options()) {}
  static RocksDbOptions options() {
    RocksDbOptions options = tiny;
    options.sync = RocksDbOptions::Sync::interval;
    options.sync_interval = std::chrono::milliseconds(1);
    return options;
  }
};

INSTANTIATE_TYPED_TEST_SUITE_P(RocksDb, StoreContract, AlwaysSynced);
INSTANTIATE_TYPED_TEST_SUITE_P(RocksDbTiny, StoreContract, Tiny);
INSTANTIATE_TYPED_TEST_SUITE_P(RocksDbInterval, StoreContract, SyncedInIntervals);

class RocksDbStoreTest : public testing::Test {
 protected:
  std::string directory() const { return temporary_.path() + "/nested/data"; }

 private:
  TemporaryDirectory temporary_;
};

TEST_F(RocksDbStoreTest, KeepsEveryTableAcrossReopening) {
  for (int round = 0; round < 3; ++round) {
    const auto store = open_store(directory());
    for (const TableInfo& info : all_tables) {
      for (int before = 0; before < round; ++before) {
        EXPECT_EQ(store->get(info.table, fmt::format("key {}", before)).value(), info.name);
      }
      ASSERT_TRUE(put_and_wait(*store, info.table, fmt::format("key {}", round), info.name));
    }
  }
}

// A table is made by the first write to it, which other writes may go along with.
TEST_F(RocksDbStoreTest, ATableThatWasNeverWrittenIsEmpty) {
  const auto store = open_store(directory());
  const auto before = store->scan(Table::event, {}, {}, Direction::forward);
  Batch nothing;
  nothing.erase(Table::event, "a");
  nothing.erase_range(Table::timer, {}, {});
  ASSERT_TRUE(commit_and_wait(*store, std::move(nothing)));
  EXPECT_EQ(store->get(Table::event, "a").value(), std::nullopt);
  EXPECT_FALSE(store->scan(Table::timer, {}, {}, Direction::backward)->valid());
  Batch first;
  first.put(Table::event, "a", "1");
  first.erase_range(Table::event, {}, {});
  first.put(Table::event, "b", "2");
  first.put(Table::timer, "c", "3");
  ASSERT_TRUE(commit_and_wait(*store, std::move(first)));
  EXPECT_EQ(store->get(Table::event, "a").value(), std::nullopt);
  EXPECT_EQ(store->get(Table::event, "b").value(), "2");
  EXPECT_EQ(store->get(Table::timer, "c").value(), "3");
  EXPECT_FALSE(before->valid());
}

TEST_F(RocksDbStoreTest, TheDestructorFinishesWhatWasHandedOver) {
  constexpr std::uint32_t commits = 500;
  std::uint32_t acknowledged = 0;
  {
    const auto store = open_store(directory());
    for (std::uint32_t number = 0; number < commits; ++number) {
      Batch batch;
      batch.put(Table::event, KeyWriter().u32(number).view(), "v");
      store->commit(std::move(batch), [&acknowledged](const Result<void>& result) { acknowledged += result ? 1 : 0; });
    }
  }
  EXPECT_EQ(acknowledged, commits);
  EXPECT_EQ(scan_all(*open_store(directory()), Table::event).size(), commits);
}

TEST_F(RocksDbStoreTest, SyncInIntervalsKeepsAcrossReopening) {
  const RocksDbOptions options{.sync = RocksDbOptions::Sync::interval};
  ASSERT_TRUE(put_and_wait(*open_store(directory(), options), Table::event, "k", "v"));
  EXPECT_EQ(open_store(directory(), options)->get(Table::event, "k").value(), "v");
}

TEST_F(RocksDbStoreTest, TheDirectoryIsForItsOwnerOnly) {
  open_store(directory());
  EXPECT_EQ(std::filesystem::status(directory()).permissions(), std::filesystem::perms::owner_all);
}

TEST_F(RocksDbStoreTest, WritesItsFormat) {
  const auto store = open_store(directory());
  const std::optional<std::string> value = store->get(Table::meta, format_key).value();
  ASSERT_TRUE(value);
  EXPECT_EQ(ValueReader(*value).varint(), format_number);
}

TEST_F(RocksDbStoreTest, RefusesANewerFormat) {
  ASSERT_TRUE(write_format(*open_store(directory()), format_number + 1));
  const auto refused = RocksDbStore::open(directory());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "DataFormatUnknown");
  EXPECT_THAT(refused.error().message,
              testing::HasSubstr(fmt::format("has format {}, which is newer than this program", format_number + 1)));
  EXPECT_THAT(refused.error().detail, testing::HasSubstr("Use the version of Stepwell that wrote it or a later one"));
}

TEST_F(RocksDbStoreTest, OpensAnOlderFormatAndLeavesItsNumberToTheUpgrade) {
  ASSERT_TRUE(write_format(*open_store(directory()), oldest_format));
  EXPECT_EQ(read_format(*open_store(directory())).value(), oldest_format);
}

TEST_F(RocksDbStoreTest, RefusesAFormatThatIsForgotten) {
  ASSERT_TRUE(put_and_wait(*open_store(directory()), Table::meta, format_key, "\x80"));
  const auto refused = RocksDbStore::open(directory());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "DataFormatUnknown");
  EXPECT_THAT(refused.error().message, testing::HasSubstr("does not tell its format"));
}

TEST(FormatTest, WhatIsTooOldIsToldTheWay) {
  const Error error = data_format_older("here", 3, 5);
  EXPECT_EQ(error.code, "DataFormatUnknown");
  EXPECT_EQ(error.message,
            "The data in here has format 3, which is too old for this program: it upgrades formats from 5 on.");
  EXPECT_THAT(error.detail, testing::HasSubstr("Start a version of Stepwell in between once"));
}

TEST_F(RocksDbStoreTest, RefusesDataWithoutAFormat) {
  {
    const auto store = open_store(directory());
    Batch batch;
    batch.erase(Table::meta, format_key);
    batch.put(Table::event, "k", "v");
    ASSERT_TRUE(commit_and_wait(*store, std::move(batch)));
  }
  const auto refused = RocksDbStore::open(directory());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "DataFormatUnknown");
}

TEST_F(RocksDbStoreTest, OneStoreAtATimeHasTheDirectory) {
  auto first = open_store(directory());
  const auto second = RocksDbStore::open(directory());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, "DataDirectoryLocked");
  EXPECT_THAT(second.error().message, testing::HasSubstr(fmt::format("in use by process {}", ::getpid())));
  EXPECT_THAT(second.error().detail, testing::HasSubstr("Stop that process"));
  ASSERT_TRUE(put_and_wait(*first, Table::event, "k", "v"));
  first.reset();
  EXPECT_EQ(open_store(directory())->get(Table::event, "k").value(), "v");
}

TEST_F(RocksDbStoreTest, APlaceThatCannotBeADirectoryIsAnError) {
  std::filesystem::create_directories(std::filesystem::path(directory()).parent_path());
  std::ofstream(directory()) << "a file";
  const auto refused = RocksDbStore::open(directory());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "StorageFailed");
  EXPECT_THAT(refused.error().message, testing::HasSubstr(directory()));
}

const RocksDbOptions read_only{.access = RocksDbOptions::Access::read_only};

TEST_F(RocksDbStoreTest, WhatIsOpenedForReadingOnlyIsReadAndNotWritten) {
  {
    const auto store = open_store(directory());
    ASSERT_TRUE(put_and_wait(*store, Table::event, "k", "v"));
  }
  {
    const auto store = open_store(directory(), read_only);
    EXPECT_EQ(store->get(Table::event, "k").value(), "v");
    EXPECT_TRUE(store->scan(Table::event, {}, {}, Direction::forward)->valid());
    EXPECT_FALSE(put_and_wait(*store, Table::event, "k", "other"));
    EXPECT_EQ(store->get(Table::event, "k").value(), "v");
  }
  EXPECT_EQ(open_store(directory())->get(Table::event, "k").value(), "v");
}

TEST_F(RocksDbStoreTest, WhereThereIsNoStoreNoneIsMadeForReading) {
  const auto missing = RocksDbStore::open(directory(), read_only);
  ASSERT_FALSE(missing);
  EXPECT_THAT(missing.error().message, testing::HasSubstr("there is no store in"));
  EXPECT_FALSE(std::filesystem::exists(directory()));
}

TEST_F(RocksDbStoreTest, AStoreInUseIsNotOpenedForReadingEither) {
  const auto writer = open_store(directory());
  const auto reader = RocksDbStore::open(directory(), read_only);
  ASSERT_FALSE(reader);
  EXPECT_EQ(reader.error().code, "DataDirectoryLocked");
}

}  // namespace
}  // namespace stepwell::store
