// What the store does when its volume fails: full, damaged, gone.

#include "noise.h"
#include "scenarios.h"
#include "store/rocksdb/log_check.h"
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

// Fifty commits, of which a crash has left the log.
class CrashedStore {
 public:
  static constexpr std::uint32_t commits = 50;

  CrashedStore() {
    const TemporaryDirectory living;
    auto store = RocksDbStore::open(living.path()).value();
    for (std::uint32_t number = 0; number < commits; ++number) {
      EXPECT_TRUE(put_and_wait(*store, Table::event, KeyWriter().u32(number).view(), noise(2000)));
    }
    std::filesystem::copy(living.path(), directory_.path());
  }

  std::filesystem::path log() const {
    std::filesystem::path largest;
    for (const auto& entry : std::filesystem::directory_iterator(directory_.path())) {
      if (entry.path().extension() != ".log") continue;
      if (largest.empty() || entry.file_size() > std::filesystem::file_size(largest)) largest = entry.path();
    }
    return largest;
  }

  void flip(std::int64_t offset_from_end) {
    std::fstream file(log(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(-offset_from_end, std::ios::end);
    const int byte = file.get();
    file.seekp(-offset_from_end, std::ios::end);
    file.put(static_cast<char>(byte ^ 0x10));
  }

  void cut(std::uintmax_t bytes) { std::filesystem::resize_file(log(), std::filesystem::file_size(log()) - bytes); }

  Result<std::unique_ptr<RocksDbStore>> open(RocksDbOptions options = {}) {
    options.warn = [this](std::string_view message) { warnings_ += message; };
    return RocksDbStore::open(directory_.path(), options);
  }

  const std::string& warnings() const { return warnings_; }
  const std::string& directory() const { return directory_.path(); }

 private:
  TemporaryDirectory directory_;
  std::string warnings_;
};

class RocksDbLogTest : public testing::Test, protected CrashedStore {};

TEST_F(RocksDbLogTest, AWholeLogIsReadToItsEnd) {
  EXPECT_EQ(check_logs(directory()).value(), std::nullopt);
  EXPECT_EQ(scan_all(*open().value(), Table::event).size(), commits);
  EXPECT_EQ(warnings(), "");
}

TEST_F(RocksDbLogTest, DamageInTheMiddleIsRefusedAndNamed) {
  flip(60'000);
  for (int attempt = 0; attempt < 2; ++attempt) {
    const auto refused = open();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "StorageCorrupted");
    EXPECT_THAT(refused.error().message, HasSubstr(log().string()));
    EXPECT_THAT(refused.error().message, HasSubstr("acknowledged writes stand behind that place"));
    EXPECT_THAT(refused.error().detail, HasSubstr("stepwell restore"));
  }
}

TEST_F(RocksDbLogTest, DamageAnywhereIsNeverServed) {
  // In a header, in data, in a record that crosses blocks.
  for (const std::int64_t place : {2'045, 4'055, 34'000, 36'007, 50'000, 70'001, 99'999}) {
    CrashedStore damaged;
    damaged.flip(place);
    EXPECT_FALSE(damaged.open()) << place;
  }
}

TEST_F(RocksDbLogTest, InIntervalsWhatComesBeforeTheDamageIsServedAndTheRestIsSaidToBeLost) {
  flip(60'000);
  auto store = open({.sync = RocksDbOptions::Sync::interval}).value();
  const auto left = scan_all(*store, Table::event);
  EXPECT_GT(left.size(), 15U);
  EXPECT_LT(left.size(), 25U);
  EXPECT_THAT(warnings(), HasSubstr("what was written after that is lost"));
  store.reset();
  EXPECT_TRUE(open());  // it has gone on from there
}

TEST_F(RocksDbLogTest, ALogThatIsCutOffLosesWhatWasUnderWayOnly) {
  cut(500);
  EXPECT_EQ(scan_all(*open().value(), Table::event).size(), commits - 1);
  EXPECT_EQ(warnings(), "");
}

TEST_F(RocksDbLogTest, ALogMayBeCutOffAnywhere) {
  for (const std::uintmax_t bytes : {1, 1'990, 2'020, 2'027, 2'035, 3'000, 34'000}) {
    CrashedStore crashed;
    crashed.cut(bytes);
    const auto store = crashed.open();
    ASSERT_TRUE(store) << bytes << ": " << store.error().message;
    EXPECT_LT(scan_all(**store, Table::event).size(), commits);
  }
}

TEST_F(RocksDbLogTest, AnUnreadableLastRecordIsLeftOutAndNamed) {
  flip(500);
  EXPECT_EQ(scan_all(*open().value(), Table::event).size(), commits - 1);
  EXPECT_THAT(warnings(), HasSubstr(".log at byte"));
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
  ASSERT_TRUE(put_and_wait(*store, Table::event, "k", "v"));
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

TEST(RocksDbFailureTest, ADirectoryThatIsGoneIsNotMadeAnewForATable) {
  const TemporaryDirectory directory;
  auto store = RocksDbStore::open(directory.path()).value();
  std::filesystem::remove_all(directory.path());
  const Result<void> result = put_and_wait(*store, Table::event, "k", "v");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, "StorageFailed");
  EXPECT_EQ(store->get(Table::event, "k").value(), std::nullopt);
  EXPECT_FALSE(std::filesystem::exists(directory.path()));
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
