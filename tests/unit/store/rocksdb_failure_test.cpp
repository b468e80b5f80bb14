// What the store does when its volume fails: full, damaged, gone.

#include "noise.h"
#include "scenarios.h"
#include "store/rocksdb/rocksdb_store.h"
#include "store_contract.h"
#include "temporary_directory.h"

#include <fstream>

#include <gtest/gtest.h>

namespace stepwell::store {
namespace {

using testing::HasSubstr;

std::vector<std::filesystem::path> table_files(const std::string& directory) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    if (entry.path().extension() == ".sst") files.push_back(entry.path());
  }
  return files;
}

TEST(RocksDbDamageTest, ADamagedFileIsFoundAndNamed) {
  const TemporaryDirectory directory;
  {
    auto store = RocksDbStore::open(directory.path()).value();
    for (std::uint32_t number = 0; number < 50; ++number) {
      ASSERT_TRUE(put_and_wait(*store, Table::event, KeyWriter().u32(number).view(), noise(2000)));
    }
  }
  for (const std::filesystem::path& path : table_files(directory.path())) {
    if (std::filesystem::file_size(path) < 50'000) continue;
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(100);
    file.write("damage", 6);
  }
  auto store = RocksDbStore::open(directory.path()).value();
  const auto value = store->get(Table::event, KeyWriter().u32(0).view());
  ASSERT_FALSE(value);
  EXPECT_EQ(value.error().code, "StorageCorrupted");
  EXPECT_THAT(value.error().message, HasSubstr(directory.path()));
  EXPECT_THAT(value.error().message, HasSubstr(".sst"));

  const auto cursor = store->scan(Table::event, {}, {}, Direction::forward);
  EXPECT_FALSE(cursor->valid());
  EXPECT_EQ(cursor->status().error().code, "StorageCorrupted");

  // The rest is still served.
  EXPECT_TRUE(store->get(Table::event, KeyWriter().u32(49).view()).value());
}

TEST(RocksDbDamageTest, AMissingFileIsFoundAtTheStart) {
  const TemporaryDirectory directory;
  ASSERT_TRUE(put_and_wait(*RocksDbStore::open(directory.path()).value(), Table::event, "k", "v"));
  for (const std::filesystem::path& path : table_files(directory.path())) std::filesystem::remove(path);
  const auto refused = RocksDbStore::open(directory.path());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "StorageCorrupted");
  EXPECT_THAT(refused.error().message, HasSubstr("No such file"));
  EXPECT_THAT(refused.error().message, HasSubstr(directory.path()));
}

TEST(RocksDbFailureTest, AfterAFailedWriteEveryCommitIsRefused) {
  const TemporaryDirectory directory;
  auto store = RocksDbStore::open(directory.path(), {.write_buffer_bytes = 64U << 10U}).value();
  ASSERT_TRUE(put_and_wait(*store, Table::execution, "k", "v"));
  // Without its directory the store can append to its log, until the next file must be made.
  std::filesystem::remove_all(directory.path());
  Result<void> result;
  for (std::uint32_t number = 0; result && number < 10'000; ++number) {
    result = put_and_wait(*store, Table::event, KeyWriter().u32(number).view(), noise(1000));
  }
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, "StorageFailed");
  std::filesystem::create_directories(directory.path());
  const Result<void> later = put_and_wait(*store, Table::execution, "later", "v");
  ASSERT_FALSE(later);
  EXPECT_EQ(later.error(), result.error());
  EXPECT_EQ(store->get(Table::execution, "k").value(), "v");
  EXPECT_EQ(store->get(Table::execution, "later").value(), std::nullopt);
}

void expect_to_pass(const char* scenario) {
  const TemporaryDirectory directory;
  const int code = exit_code_of_scenario(scenario, directory.path());
  if (code == scenario_impossible) GTEST_SKIP() << "a volume cannot be mounted here";
  EXPECT_EQ(code, 0);
}

TEST(RocksDbFullTest, WritingResumesWhenThereIsRoom) { expect_to_pass("fill_the_volume"); }

TEST(RocksDbFullTest, NothingIsLostWithoutAReserve) { expect_to_pass("fill_the_volume_to_the_brim"); }

TEST(RocksDbFailureTest, AFailedLogIsFinalButLosesNothing) {
  const TemporaryDirectory directory;
  ASSERT_EQ(exit_code_of_scenario("write_until_the_log_fails", directory.path()), 0);
  // What was acknowledged is there: at least what filled nine tenths of the log.
  const auto store = RocksDbStore::open(directory.path()).value();
  EXPECT_GE(scan_all(*store, Table::event).size(), 90U);
  EXPECT_EQ(store->get(Table::event, "later").value(), std::nullopt);
  EXPECT_TRUE(put_and_wait(*store, Table::event, "later", "v"));
}

}  // namespace
}  // namespace stepwell::store
